import type { Choice, Spec, Values } from "@/shared/records/spec";

type Say = (key: string) => string;

const choices = (t: Say, tree: string, names: readonly string[]): Choice[] => names.map((value) => ({ value, label: t(`${tree}.${value}`) }));
export const RHYTHMS = ["year", "half", "quarter", "month", "week", "day"] as const;
const DUE_RULES = ["none", "month", "absolute", "relative", "recurring", "event", "open"] as const;
export const SORTS = ["target", "achievement", "parameter", "fact", "candidate"] as const;
const OPENNESS = ["public", "on_request", "internal"] as const;

const field = (name: string, kind: Spec["kind"], more: Partial<Spec> = {}): Spec => ({ name, label: `plan.field.${name}`, kind, ...more });

export const taskSpecs = (t: Say): Spec[] => [
  field("title", "text", { required: true }),
  field("text", "longtext", { required: true }),
  field("starts_on", "date"),
  field("due_rule", "choice", { choices: choices(t, "plan.due_rule", DUE_RULES) }),
  field("due_on", "date", { when: (values: Values) => values.due_rule !== "open" }),
  field("due_event", "text", { when: (values: Values) => values.due_rule === "event" }),
  field("due_months", "number", { when: (values: Values) => values.due_rule === "event" || values.due_rule === "relative" }),
  field("recurrence", "choice", { choices: choices(t, "plan.rhythm", RHYTHMS), when: (values: Values) => values.due_rule === "recurring" || Boolean(values.recurrence) }),
  field("address", "text"),
];

export const targetSpecs = (t: Say): Spec[] => [
  field("kind", "choice", { choices: choices(t, "plan.kind", SORTS.map((sort) => `target_${sort}`)).map((one) => ({ ...one, value: one.value.replace("target_", "") })), required: true }),
  field("object", "text", { required: true }),
  field("comparator", "choice", { choices: [">=", "<=", ">", "<", "="].map((value) => ({ value, label: t(`plan.comparator.${COMPARATOR[value] ?? ""}`) })), required: true }),
  field("value", "number"),
  field("value_max", "number", { hint: "plan.field.value_max_hint" }),
  field("unit", "text"),
  field("baseline", "number"),
  field("from_on", "date"),
  field("by_on", "date"),
  field("recurrence", "choice", { choices: choices(t, "plan.rhythm", RHYTHMS) }),
  field("floor", "yesno", { hint: "plan.field.floor_hint" }),
  field("ascending", "yesno"),
  field("aggregation", "choice", { choices: choices(t, "plan.aggregation", ["sum", "mean", "last"]) }),
  field("department", "department"),
];
const COMPARATOR: Record<string, string> = { ">=": "ge", "<=": "le", ">": "gt", "<": "lt", "=": "eq" };

export const projectSpecs = (): Spec[] => [
  field("name", "text", { required: true }),
  field("category", "text"),
  field("investment", "number"),
  field("starts_on", "date"),
  field("due_on", "date"),
  field("address", "text"),
  field("department", "department"),
];

export const documentSpecs = (t: Say): Spec[] => [
  field("title", "text", { required: true }),
  field("issuer", "text"),
  field("number", "text"),
  field("dated", "date"),
  field("starts_on", "date"),
  field("ends_on", "date"),
  field("openness", "choice", { choices: choices(t, "plan.openness", OPENNESS), required: true }),
];

/** Values that a form starts with, from a row: a target's kind is called `sort` in what the server sends. */
export function valuesOf(row: object): Values {
  const values = { ...row } as Values;
  if ("sort" in row) values.kind = row.sort;
  return values;
}
