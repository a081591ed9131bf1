import type { VerbOffer } from "@/api";

/** How a needed or optional part of a verb is asked for. */
export type FieldKind = "text" | "photos" | "department" | "departments" | "person" | "class" | "case" | "part" | "address" | "point" | "date" | "yesno" | "number" | "grade" | "choice" | "some" | "percent" | "amount" | "month" | "line" | "files";

export interface Field {
  /** Name under which it is sent: `photo:after`. */
  name: string;
  /** Key of its label: `need.photo_after`. */
  label: string;
  kind: FieldKind;
  required: boolean;
  /** Keys of the choices are `choice.<name>.<code>`. */
  choices?: readonly string[];
}

export type Given = Record<string, unknown>;

const KINDS: Record<string, FieldKind> = {
  department: "department",
  supporting: "departments",
  person: "person",
  class: "class",
  into: "case",
  part: "part",
  date: "date",
  days: "number",
  review_on: "date",
  look_back_on: "date",
  started: "date",
  finished: "date",
  progress: "percent",
  value: "amount",
  amount: "amount",
  planned: "amount",
  paid: "amount",
  month: "month",
  number: "line",
  present: "some",
  point: "point",
  address: "address",
  confidential: "yesno",
  found: "yesno",
  solved: "yesno",
  satisfied: "grade",
};
const CHOICES: Record<string, readonly string[]> = {
  priority: ["urgent", "normal", "low"],
  level: ["building", "community", "grid", "town", "district"],
  colour: ["blue", "yellow", "red"],
};
const LARGEST_FIRST: Record<FieldKind, number> = {
  part: 0, class: 0, department: 1, departments: 2, person: 3, case: 4, yesno: 5, choice: 6, grade: 6, date: 7, month: 7, number: 8, percent: 8, amount: 8, line: 8, some: 6, address: 9, point: 10, text: 11, photos: 12, files: 12,
};

function kindOf(name: string): FieldKind {
  if (name.startsWith("photo")) return "photos";
  if (name.startsWith("file:")) return "files";
  if (name in CHOICES) return "choice";
  return KINDS[name] ?? "text";
}

function field(name: string, required: boolean): Field {
  return { name, required, label: `need.${name.replaceAll(":", "_")}`, kind: kindOf(name), choices: CHOICES[name] };
}

/** The form of a verb: needed parts before optional ones, choices before words, photos last. */
export function fieldsOf(verb: VerbOffer): Field[] {
  const needed = verb.needs.map((name) => field(name, true));
  const optional = (verb.optional ?? []).filter((name) => !verb.needs.includes(name)).map((name) => field(name, false));
  const byKind = (a: Field, b: Field) => LARGEST_FIRST[a.kind] - LARGEST_FIRST[b.kind];
  return [...needed.sort(byKind), ...optional.sort(byKind)];
}

export function isBlank(value: unknown): boolean {
  return value == null || (typeof value === "string" && value.trim() === "") || (Array.isArray(value) && value.length === 0);
}

/** Names of the needed parts that are still missing. */
export function missing(fields: readonly Field[], given: Given): string[] {
  return fields.filter((one) => one.required && isBlank(given[one.name])).map((one) => one.name);
}

/** What is sent: nothing blank, texts trimmed. */
export function cleaned(given: Given): Given {
  const entries = Object.entries(given).filter(([, value]) => !isBlank(value));
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]));
}

/** A verb that is done at once, but may be given more: words, a person, a picture. */
export function mayTakeMore(verb: VerbOffer): boolean {
  return !needsForm(verb) && (verb.optional ?? []).length > 0;
}

/** A verb with nothing to ask is done at once. */
export function needsForm(verb: VerbOffer): boolean {
  return verb.needs.length > 0 || Boolean(verb.approval);
}
