import type { BadRow } from "@/api";

/** What would be right in a row that an import leaves out: in the reader's language where the server gave a code. */
export function rightWords(row: BadRow, t: (key: string, values: Record<string, unknown>) => string): string {
  return row.code ? t(`import.right.${row.code}`, row.params ?? {}) : row.expected;
}
