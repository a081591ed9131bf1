import type { BadRow } from "@/api";

type Say = (key: string, values: Record<string, unknown>) => string;

/** What would be right in a row that an import leaves out: in the reader's language where the server gave a code. */
export function rightWords(row: Pick<BadRow, "code" | "params" | "expected">, t: Say): string {
  return row.code ? t(`import.right.${row.code}`, row.params ?? {}) : row.expected;
}

/** Where a row stands in its file, "row 6", in the reader's language; a thing named by its id stays as it is. */
export function placeWords(place: string, t: Say): string {
  const found = /^(row|feature) (\d+)$/.exec(place);
  return found ? t(`import.at.${found[1]}`, { number: found[2] }) : place;
}
