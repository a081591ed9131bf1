import type { Page } from "./usePages";

export const MOST_ROWS = 10_000;

/** All rows of a list, page by page, as far as this person may see them; stops at 10,000 or when told to. */
export async function everyRow<T>(load: (cursor: string | null, limit: number) => Promise<Page<T>>, heard: (done: number, total: number) => boolean): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await load(cursor, 200);
    rows.push(...page.items);
    cursor = page.next;
    if (!heard(rows.length, page.total)) return rows;
  } while (cursor && rows.length < MOST_ROWS);
  return rows;
}
