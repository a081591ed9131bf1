/** Times as people say them. The words stand in the locale files under `time`; here is only the arithmetic. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Span {
  key: string;
  count: number;
}

/** The largest unit that says enough: minutes below 90 min, hours below 48 h, then days (rounded down). */
export function span(milliseconds: number): { unit: "minutes" | "hours" | "days"; count: number } {
  const size = Math.abs(milliseconds);
  if (size < 90 * MINUTE) return { unit: "minutes", count: Math.floor(size / MINUTE) };
  if (size < 48 * HOUR) return { unit: "hours", count: Math.floor(size / HOUR) };
  return { unit: "days", count: Math.floor(size / DAY) };
}

/** Key and count for a deadline: `time.due_in_hours` 3 → 3 小时后到期, `time.late_days` 2 → 已超期 2 天. */
export function dueWords(due: Date, now: Date): Span {
  const left = due.getTime() - now.getTime();
  const { unit, count } = span(left);
  if (count === 0) return { key: left < 0 ? "time.late_now" : "time.due_now", count };
  return { key: left < 0 ? `time.late_${unit}` : `time.due_in_${unit}`, count };
}

/** Key and count for something past: `time.ago_minutes` 5 → 5 分钟前; the future counts as just now. */
export function agoWords(then: Date, now: Date): Span {
  const { unit, count } = span(Math.max(0, now.getTime() - then.getTime()));
  return count === 0 ? { key: "time.just_now", count } : { key: `time.ago_${unit}`, count };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(date: Date, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
}

/** 2026-11-22 14:05, in the town's zone whatever the device's. */
export function exact(date: Date, zone = "Asia/Shanghai"): string {
  const p = parts(date, zone);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

/** 2026-11-22, in the town's zone. */
export function day(date: Date, zone = "Asia/Shanghai"): string {
  const p = parts(date, zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** 14:05 today, 11-21 14:05 this year, 2025-11-21 before that: short enough for a column. */
export function short(date: Date, now: Date, zone = "Asia/Shanghai"): string {
  const then = parts(date, zone);
  const today = parts(now, zone);
  const clock = `${then.hour}:${then.minute}`;
  if (then.year !== today.year) return `${then.year}-${then.month}-${then.day}`;
  return then.month === today.month && then.day === today.day ? clock : `${then.month}-${then.day} ${clock}`;
}
