import type { CircleCategory } from "@/api/circle";

/** What a home's colour says: within 5, 10, 15 minutes; farther; not known. */
export const [NEAR, MIDDLE, FAR, BEYOND, UNKNOWN] = [0, 1, 2, 3, 4] as const;
export const GAP = 0;
export const MET = 1;
export const NOT_KNOWN = 2;
const CLASSES = [50, 100, 150];

/** A category with its arrays: tenths of minutes (255 beyond 25.4) and states, one for each home. */
export interface Decoded extends Omit<CircleCategory, "minutes" | "states"> {
  minutes: Uint8Array;
  states: Uint8Array;
}

export const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
export const decoded = (row: CircleCategory): Decoded => ({ ...row, minutes: bytes(row.minutes), states: bytes(row.states) });

/** By minutes: until the last of the categories is in reach. By count: how many of them are lacking. */
export type ColourBy = "minutes" | "missing";

function byMinutes(rows: readonly Decoded[], home: number): number {
  let slowest = 0;
  let unknown = false;
  for (const row of rows) {
    const minutes = row.minutes[home] ?? 255;
    slowest = Math.max(slowest, minutes);
    unknown ||= row.states[home] === NOT_KNOWN && minutes > 150;
  }
  if (unknown) return UNKNOWN;
  const found = CLASSES.findIndex((limit) => slowest <= limit);
  return found < 0 ? BEYOND : found;
}
function byMissing(rows: readonly Decoded[], home: number): number {
  const lacking = rows.filter((row) => row.states[home] === GAP).length;
  if (lacking === 0) return rows.some((row) => row.states[home] === NOT_KNOWN) ? UNKNOWN : NEAR;
  return lacking === 1 ? MIDDLE : lacking <= 3 ? FAR : BEYOND;
}

/** The class of every home, for the categories that are looked at. */
export function classes(rows: readonly Decoded[], by: ColourBy, homes: number): Uint8Array {
  const of = by === "minutes" ? byMinutes : byMissing;
  return Uint8Array.from({ length: homes }, (_, home) => (rows.length > 0 ? of(rows, home) : UNKNOWN));
}

/** The homes whose class differs; all of them where nothing was drawn before. */
export function differing(before: Uint8Array | null, now: Uint8Array): number[] {
  const found: number[] = [];
  for (let home = 0; home < now.length; home++) if (before?.[home] !== now[home]) found.push(home);
  return found;
}

/** How many homes are of each class. */
export function counted(all: Uint8Array): number[] {
  const found = [0, 0, 0, 0, 0];
  for (const one of all) found[one] = (found[one] ?? 0) + 1;
  return found;
}
