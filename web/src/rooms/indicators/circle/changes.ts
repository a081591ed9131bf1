/** One thing tried. Facilities: add, move, resize, close, open. Ways: a gate or a street opened or closed. */
export interface Change {
  act: "add" | "move" | "resize" | "close" | "open" | "gate" | "street";
  facility?: string;
  category?: string;
  name?: string;
  point?: [number, number];
  capacity?: number;
  opened?: boolean;
}

type Point = [number, number];
const round = (point: Point): Point => [Number(point[0].toFixed(6)), Number(point[1].toFixed(6))];

/** The list as it stands in the address bar, so that a trial can be sent as a link. */
export const written = (list: readonly Change[]): string =>
  list.length > 0 ? JSON.stringify(list.map((one) => (one.point ? { ...one, point: round(one.point) } : one))) : "";

/** The list from the address bar; what cannot be read is no list. */
export function read(text: string | undefined): Change[] {
  if (!text) return [];
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? (found as Change[]).filter((one) => typeof one === "object" && "act" in one) : [];
  } catch {
    return [];
  }
}

/** As the server takes it: facilities and ways apart, names left out. */
export function asked(list: readonly Change[]): { changes: object[]; ways: object[] } {
  const isWay = (one: Change) => one.act === "gate" || one.act === "street";
  return {
    changes: list.filter((one) => !isWay(one)).map(({ act, facility, category, point, capacity }) => ({ act, facility: facility ?? null, category: category ?? "", point: point ?? null, capacity: capacity ?? null })),
    ways: list.filter(isWay).map(({ act, point, opened }) => ({ kind: act, point, opened: opened ?? false })),
  };
}

/** A facility moved again or resized again is one change, not two. */
export function withChange(list: readonly Change[], next: Change): Change[] {
  const same = list.findIndex((one) => one.facility !== undefined && one.facility === next.facility && one.act === next.act);
  return same < 0 ? [...list, next] : list.toSpliced(same, 1, next);
}
