/** How far the map looks back, in days. */
export const DAYS = 180;
/** How many days are shown at once. */
export const WINDOWS = [1, 7, 30] as const;
const DAY = 86_400_000;

/** The day at a place of the slider, as it is written on the spot: `DAYS` is today. */
export function dayAt(today: Date, place: number): string {
  const day = new Date(today.getTime() - (DAYS - place) * DAY);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

/** First and last day of a window that ends at a place. */
export function spanAt(today: Date, end: number, days: number): [from: string, to: string] {
  return [dayAt(today, end - days + 1), dayAt(today, end)];
}

/** Where a span stands on the slider, and how many days it has; out of reach it is brought to the nearest end. */
export function placeOf(span: { from: string; to: string } | null, today: Date): { end: number; days: number } {
  if (!span) return { end: DAYS, days: 7 };
  const from = Date.parse(span.from);
  const to = Date.parse(span.to);
  const now = Date.parse(dayAt(today, DAYS));
  const days = Math.round((to - from) / DAY) + 1;
  const end = DAYS - Math.round((now - to) / DAY);
  return { end: Math.max(1, Math.min(DAYS, end || DAYS)), days: Math.max(1, days || 1) };
}
