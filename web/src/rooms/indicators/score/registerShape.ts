import type { RegisterColumn, RegisterDetail } from "@/api/indicators";

export const COLUMN_KINDS = ["text", "number", "date", "choice", "flag", "place"] as const;

/** A column while it is written: the words of a choice are one text, a word on a line. */
export interface ColumnDraft {
  name: string;
  zh: string;
  en: string;
  kind: RegisterColumn["kind"];
  unit: string;
  required: boolean;
  choices: string;
  /** A column of records that exist keeps its code. */
  kept: boolean;
  synonyms: string[];
}

export interface RegisterDraft {
  code: string;
  zh: string;
  en: string;
  note_zh: string;
  note_en: string;
  department: string;
  key: string;
  day: string;
  complete: boolean;
  columns: ColumnDraft[];
}

type Word = [string, string, string];

/** Words of a choice as text: `code=Chinese=English` on each line, `code` alone where all three are the same. */
export function choicesText(words: readonly Word[]): string {
  return words.map(([code, zh, en]) => (code === zh && (en === "" || en === zh) ? code : [code, zh, en].filter((part, index) => index < 2 || part !== "").join("="))).join("\n");
}

/** The same back; empty lines are left out. */
export function choicesOf(text: string): Word[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
  return lines.map((line) => {
    const [code = "", zh = code, en = ""] = line.split("=").map((part) => part.trim());
    return [code, zh, en];
  });
}

/** A new column, with a code that no other one has. */
export function columnAfter(columns: readonly ColumnDraft[]): ColumnDraft {
  const names = new Set(columns.map((one) => one.name));
  let number = columns.length + 1;
  while (names.has(`column_${number}`)) number += 1;
  return { name: `column_${number}`, zh: "", en: "", kind: "text", unit: "", required: false, choices: "", kept: false, synonyms: [] };
}

export function draftOf(register: RegisterDetail | null): RegisterDraft {
  if (!register) return { code: "", zh: "", en: "", note_zh: "", note_en: "", department: "", key: "", day: "", complete: true, columns: [columnAfter([])] };
  const { code, zh, en, note_zh, note_en, department, key, day, complete } = register;
  const columns = register.columns.map((one) => ({ name: one.name, zh: one.zh, en: one.en ?? "", kind: one.kind, unit: one.unit ?? "", required: one.required ?? false, choices: choicesText((one.words ?? []) as Word[]), kept: register.records > 0, synonyms: one.synonyms ?? [] }));
  return { code, zh, en, note_zh, note_en, department, key, day, complete, columns };
}

/** What the server takes: the words of a choice as triples, none for other kinds. */
export function given(draft: RegisterDraft): Record<string, unknown> {
  const columns = draft.columns.map(({ name, zh, en, kind, unit, required, synonyms, choices }) => ({ name, zh, en, kind, unit, required, synonyms, words: kind === "choice" ? choicesOf(choices) : [] }));
  return { ...draft, columns };
}
