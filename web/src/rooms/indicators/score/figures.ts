import type { Light } from "@/api";
import type { FigureState, ScoreCard } from "@/api/indicators";

export const STATES = ["gap", "met", "unknown"] as const;
export const LEVELS = ["town", "sector", "grid", "community", "cell", "micro_grid", "compound"] as const;
export type Counted = (typeof STATES)[number];

/** What is not known is never shown as met nor as a gap; without a target nothing is judged. */
export function lightOf(state: FigureState): Light {
  return state === "met" ? "green" : state === "gap" ? "red" : "grey";
}

const COMPARED: Record<string, string> = { ">=": "≥", "<=": "≤" };
export const sign = (comparator: string): string => COMPARED[comparator] ?? comparator;

/** How many cards of each state. */
export function tally(cards: readonly Pick<ScoreCard, "state">[]): Record<Counted, number> {
  const found = { gap: 0, met: 0, unknown: 0 };
  for (const one of cards) if (one.state) found[one.state] += 1;
  return found;
}

export interface Narrowed {
  group?: string;
  state?: string;
  q?: string;
}

/** Cards of a theme, a state, with words in their names. */
export function narrowed(cards: readonly ScoreCard[], by: Narrowed): ScoreCard[] {
  const words = (by.q ?? "").trim().toLowerCase();
  return cards.filter((one) => (!by.group || one.group === by.group) && (!by.state || one.state === by.state) && (!words || `${one.zh} ${one.en ?? ""} ${one.code}`.toLowerCase().includes(words)));
}

const URGENT: Record<string, number> = { gap: 0, unknown: 1, met: 2 };

/** Under each theme, what needs a hand first. */
export function themes(cards: readonly ScoreCard[], order: readonly string[]): { group: string; cards: ScoreCard[] }[] {
  const groups = [...new Set([...order, ...cards.map((one) => one.group)])];
  const urgency = (one: ScoreCard) => URGENT[one.state] ?? 3;
  return groups.map((group) => ({ group, cards: cards.filter((one) => one.group === group).sort((a, b) => urgency(a) - urgency(b)) })).filter((one) => one.cards.length > 0);
}

/** The last day of a period ("2026-11", "2026Q4", "2026") as a word that sorts: "2026-12". */
export function endOf(period: string): string {
  const quarter = /^(\d{4})Q([1-4])$/.exec(period);
  if (quarter) return `${quarter[1]}-${String(Number(quarter[2]) * 3).padStart(2, "0")}`;
  return period.includes("-") ? period : `${period}-12`;
}

const covers = (period: string, month: string) => endOf(period) >= month && period.slice(0, 4) <= month.slice(0, 4);

/** A card as it stood in a month: the point of its history for it; not known where nothing was kept. */
export function cardIn(card: ScoreCard, month: string): ScoreCard {
  if (!month || month === card.period) return card;
  const point = card.trend.find((one) => covers(one.period, month)) ?? { value: null, state: "unknown" as const };
  const reason = point.value === null ? "not_yet" : "";
  const { comparator, value: promised } = card.target ?? { comparator: "", value: null };
  return { ...card, period: month, value: point.value, state: point.state, reason, lacking: lacking(point.value, comparator, promised), estimated: false, verbs: card.verbs.filter((one) => one !== "raise") };
}

/** How far a value is from its target; 0 where it is reached. */
export function lacking(value: number | null, comparator: string, target: number | null): number | null {
  if (value === null || target === null) return null;
  if (comparator.startsWith(">")) return Math.max(0, target - value);
  return comparator.startsWith("<") ? Math.max(0, value - target) : Math.abs(value - target);
}

/** The path of a small line through the values, in a box; gaps where a value is not known. */
export function sparkline(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((one): one is number => one !== null);
  if (known.length < 2) return "";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = (value: number) => (high === low ? height / 2 : height - ((value - low) / (high - low)) * height);
  let pen = false;
  return values.reduce<string>((path, value, index) => {
    if (value === null) {
      pen = false;
      return path;
    }
    const step = `${pen ? "L" : "M"}${((index / (values.length - 1)) * width).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
    return path + step;
  }, "");
}
