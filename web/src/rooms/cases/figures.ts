import type { CaseCounts } from "@/api";
import { day } from "@/shared/time/words";

export interface Figure {
  name: string;
  value: number | null;
  /** The same a week ago, up to the same time of day, where that is known. */
  before: number | null;
  light: "red" | "amber" | "blue" | "grey";
  /** Filters of the list that the figure counts. */
  query: Record<string, string>;
}

const OPEN = ["closed", "rated", "rejected", "not_filed", "cancelled", "merged", "returned"];

export const sum = (counts: CaseCounts | null) => (counts ? Object.values(counts.states).reduce((all, one) => all + one, 0) : null);
const openOf = (counts: CaseCounts) => Object.entries(counts.states).reduce((all, [state, one]) => (OPEN.includes(state) ? all : all + one), 0);

const before = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000);

/** The day so many days before `now`, in the town's zone. */
export const dayBefore = (now: Date, days: number): string => day(before(now, days));

/** The moment so many days before `now`: what a day had brought by then is compared with today so far. */
export const momentBefore = (now: Date, days: number): string => before(now, days).toISOString();

/** The five figures of the leader's page, each with the list behind it. */
export function figures(open: CaseCounts | null, today: CaseCounts | null, weekAgo: CaseCounts | null, now: Date): Figure[] {
  const here = dayBefore(now, 0);
  const view = (name: string) => open?.views[name] ?? null;
  return [
    { name: "today", value: sum(today), before: sum(weekAgo), light: "grey", query: { from: here, to: here } },
    { name: "open", value: open && openOf(open), before: null, light: "blue", query: { view: "open" } },
    { name: "late", value: view("late"), before: null, light: "red", query: { view: "late", order: "due" } },
    { name: "soon", value: view("soon"), before: null, light: "amber", query: { view: "soon", order: "due" } },
    { name: "suspended", value: open ? (open.states.suspended ?? 0) : null, before: null, light: "grey", query: { state: "suspended" } },
  ];
}
