/** A plan by months: where bars begin and end. Days are ISO texts; nothing here knows the screen. */

export interface Bar {
  id: string;
  start: string | null;
  end: string | null;
}

export interface Month {
  key: string;
  year: number;
  month: number;
}

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const MOST = 72;

/** The months from the first start to the last end, at least a year and at most six, around today. */
export function monthsOf(bars: readonly Bar[], today: string): Month[] {
  const known = bars.flatMap((bar) => [bar.start, bar.end]).filter((day) => day !== null).map(monthOf);
  const now = monthOf(today);
  const first = Math.max(Math.min(now - 2, ...known), now - MOST / 2);
  const last = Math.min(Math.max(first + 11, now + 1, ...known), first + MOST - 1);
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const at = first + n;
    const year = Math.floor(at / 12);
    return { key: `${year}-${String((at % 12) + 1).padStart(2, "0")}`, year, month: (at % 12) + 1 };
  });
}

/** Where a day lies, in months from the first one: 1.5 is the middle of the second month. */
export function placeOf(day: string, months: readonly Month[]): number {
  const first = months[0];
  if (!first) return 0;
  const from = first.year * 12 + first.month - 1;
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return monthOf(day) - from + (Number(day.slice(8, 10)) - 1) / days;
}

export interface Drawn {
  from: number;
  to: number;
  /** The bar has only a date to be met, and no beginning. */
  point: boolean;
}

/** A bar in months, cut to what is shown; null where nothing of it is known. */
export function drawnOf(bar: Bar, months: readonly Month[]): Drawn | null {
  const end = bar.end ?? bar.start;
  if (end === null) return null;
  const limit = (value: number) => Math.max(0, Math.min(months.length, value));
  const to = limit(placeOf(end, months));
  if (bar.start === null || bar.start === bar.end) return { from: limit(to - 0.3), to, point: true };
  return { from: limit(placeOf(bar.start, months)), to, point: false };
}
