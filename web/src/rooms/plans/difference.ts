/** What a reading changed, as a list for the screen. */
export interface Difference {
  number: number;
  difference: Record<string, Kind>;
  items: Record<string, { title: string; state: string }>;
}
interface Noted {
  id: string;
  fields: Record<string, [unknown, unknown]>;
  kept: string[];
}
interface Kind {
  added?: string[];
  removed?: string[];
  changed?: Noted[];
  moved?: Noted[];
}

export interface Change {
  id: string;
  kind: string;
  what: "added" | "changed" | "removed" | "moved";
  title: string;
  fields: { name: string; before: string; after: string; applied: boolean }[];
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (Array.isArray(value)) return value.map((one) => (Array.isArray(one) ? String(one.at(-1)) : words(one))).join(", ") || "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
const noted = (one: Noted) => Object.entries(one.fields).map(([name, [before, after]]) => ({ name, before: words(before), after: words(after), applied: !one.kept.includes(name) }));

/** Added first, then changed, gone and moved ones; where nothing but the place differs, no field is shown. */
export function changesOf(found: Difference): Change[] {
  const all = Object.entries(found.difference).flatMap(([kind, one]) => {
    const titled = (id: string) => ({ id, kind, title: found.items[id]?.title ?? "" });
    return [
      ...(one.added ?? []).map((id) => ({ ...titled(id), what: "added" as const, fields: [] })),
      ...(one.changed ?? []).map((row) => ({ ...titled(row.id), what: "changed" as const, fields: noted(row) })),
      ...(one.removed ?? []).map((id) => ({ ...titled(id), what: "removed" as const, fields: [] })),
      ...(one.moved ?? []).map((row) => ({ ...titled(row.id), what: "moved" as const, fields: [] })),
    ];
  });
  const order = ["added", "changed", "removed", "moved"];
  return all.sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what));
}
