import { http } from "@/shared/http/client";
import { keepAnswer, keptAnswer } from "@/shared/queue/store";

const PATH = "cases/classes";

/** A small class, as the phone needs it. */
export interface FieldClass {
  code: string;
  name: string;
  major: string;
  simple: boolean;
  /** Something that happened, not a part of the street that is broken. */
  event: boolean;
}

interface Major {
  name: string;
  kind: string;
  classes: { code: string; name: string; simple: boolean }[];
}

/** The classes of cases; without a network those that the device knows. */
export async function keptClasses(person: string): Promise<FieldClass[]> {
  try {
    const { majors } = await http.get<{ majors: Major[] }>(PATH);
    const rows = majors.flatMap((major) => major.classes.map(({ code, name, simple }) => ({ code, name, simple, major: major.name, event: major.kind === "event" })));
    await keepAnswer(person, PATH, rows);
    return rows;
  } catch {
    return (await keptAnswer<FieldClass[]>(person, PATH))?.data ?? [];
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

/** What this device reports most comes first, then what is settled on the spot, events before parts: three taps should do. */
export function usualFirst(rows: readonly FieldClass[], most: number): FieldClass[] {
  const counts = used();
  const likely = (one: FieldClass) => (one.simple ? 0 : 2) + (one.event ? 0 : 1);
  return [...rows].sort((a, b) => (counts[b.code] ?? 0) - (counts[a.code] ?? 0) || likely(a) - likely(b)).slice(0, most);
}
