import type { ClassRow } from "@/api";
import { http } from "@/shared/http/client";
import { keepAnswer, keptAnswer } from "@/shared/queue/store";

const PATH = "cases/classes";

/** The classes of cases; without a network those that the device knows. */
export async function keptClasses(person: string): Promise<ClassRow[]> {
  try {
    const found = await http.get<ClassRow[] | { items: ClassRow[] }>(PATH);
    const rows = Array.isArray(found) ? found : found.items;
    await keepAnswer(person, PATH, rows);
    return rows;
  } catch {
    return (await keptAnswer<ClassRow[]>(person, PATH))?.data ?? [];
  }
}

const USED = "chengyun.field.classes";

function used(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(USED) ?? "{}") as Record<string, number>;
  } catch {
    return {};
  }
}

export function countUse(code: string): void {
  const counts = used();
  counts[code] = (counts[code] ?? 0) + 1;
  localStorage.setItem(USED, JSON.stringify(counts));
}

/** What this device reports most comes first: three taps should do. */
export function usualFirst(rows: readonly ClassRow[], most: number): ClassRow[] {
  const counts = used();
  const simple = (one: ClassRow) => (one.simple ? 0 : 1);
  return [...rows].sort((a, b) => (counts[b.code] ?? 0) - (counts[a.code] ?? 0) || simple(a) - simple(b)).slice(0, most);
}
