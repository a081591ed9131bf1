import { http, type Query } from "@/shared/http/client";
import { newId } from "@/shared/ids";

/** Paths of the room below /api/v1, in one place. */
export const ITEM_PATH = { task: "plans/tasks", target: "plans/targets", project: "plans/projects" } as const;
export type ItemName = keyof typeof ITEM_PATH;

export interface Versioned {
  id: string;
  version: number;
}

/** Takes a verb, with what it needs. */
export const take = <T>(path: string, thing: Versioned, verb: string, given: Record<string, unknown> = {}) =>
  http.post<T>(`${path}/${thing.id}/verbs/${verb}`, { expected: thing.version, given }, newId());

/** Corrects fields of something. */
export const correct = <T>(path: string, thing: Versioned, changes: Record<string, unknown>) =>
  http.patch<T>(`${path}/${thing.id}`, { expected: thing.version, changes });

export interface Paged<T> {
  items: T[];
  next: string | null;
  total: number;
  more: boolean;
}

/** Everything of a list, page after page: for boards, charts and maps, which need it whole. */
export async function everything<T>(path: string, query: Query = {}, signal?: AbortSignal, most = 2_000): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Paged<T> = await http.get<Paged<T>>(path, { ...query, cursor, limit: 200 }, signal);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && all.length < most);
  return all;
}

/** The fields that differ from what stood there: only these are corrections. */
export function changed(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (a === "" && b == null) || (b === "" && a == null);
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => !same(before[name], value)));
}
