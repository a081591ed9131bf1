import type { PlanProjectRead, PlanQuestion, PlanTarget, PlanTargetRead, PlanTaskRead } from "@/api/plans";
import type { ItemKind, Mark } from "./spans";

/** One thing to be reviewed, whatever its kind: what the list beside the document shows. */
export type ReviewItem =
  | { kind: "task"; id: string; row: PlanTaskRead }
  | { kind: "target"; id: string; row: PlanTargetRead }
  | { kind: "project"; id: string; row: PlanProjectRead };

export const SHOWN = ["open", "accepted", "questions", "rejected", "all"] as const;
export type Shown = (typeof SHOWN)[number];

const GONE = new Set(["rejected", "merged", "withdrawn"]);

/** Items in the order of the document. */
export function inOrder(items: readonly ReviewItem[]): ReviewItem[] {
  const at = (item: ReviewItem) => item.row.spans[0]?.[0] ?? Number.MAX_SAFE_INTEGER;
  return [...items].sort((a, b) => at(a) - at(b) || a.kind.localeCompare(b.kind));
}

/** Whether somebody has to say something before the item can go on: a unit that nobody is, an open value. */
export function isAsked(item: ReviewItem): boolean {
  if (item.kind === "task") return item.row.parties.some((party) => party.question !== "") || (item.row.before_issue && !item.row.due_confirmed);
  return item.kind === "target" && item.row.question !== "";
}

export function fits(item: ReviewItem, shown: Shown): boolean {
  if (shown === "all") return true;
  if (shown === "rejected") return GONE.has(item.row.state);
  if (shown === "open") return item.row.state === "proposed";
  if (shown === "questions") return isAsked(item) && !GONE.has(item.row.state);
  return item.row.state !== "proposed" && !GONE.has(item.row.state);
}

/** How many of each filter there are. */
export function countsOf(items: readonly ReviewItem[]): Record<Shown, number> {
  const counts = { open: 0, accepted: 0, questions: 0, rejected: 0, all: items.length };
  for (const item of items) for (const one of SHOWN) if (one !== "all" && fits(item, one)) counts[one] += 1;
  return counts;
}

/** The words of every item and open matter, to be marked in the document. Achievements and facts are marked as such. */
export function marksOf(items: readonly ReviewItem[], questions: readonly PlanQuestion[]): Mark[] {
  const kindOf = (item: ReviewItem): ItemKind => (item.kind === "target" && item.row.sort !== "target" ? "other" : item.kind);
  const marks = items.filter((item) => item.row.state !== "merged").map((item) => ({ id: item.id, kind: kindOf(item), spans: item.row.spans }));
  const open = questions.filter((one) => one.state === "open" && one.task === null && one.target === null);
  return [...marks, ...open.map((one) => ({ id: one.id, kind: "question" as const, spans: one.spans }))];
}

/** The next item in a list after (or before) the present one; the first where there is none. */
export function stepFrom(ids: readonly string[], now: string | null, by: number): string | null {
  if (ids.length === 0) return null;
  const here = now === null ? -1 : ids.indexOf(now);
  return ids[here < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, here + by))] ?? null;
}

/** Where one goes on after an item was dealt with: to the next, from the last to the first; nowhere where it was the only one. */
export function nextOf(ids: readonly string[], now: string): string | null {
  const rest = ids.filter((id) => id !== now);
  return rest[ids.indexOf(now)] ?? rest[0] ?? null;
}

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=" };

/** A target's figure as it is read: `≥ 95 %`, `85–90 亿元`; an open one has none. */
export function figureOf(target: Pick<PlanTarget, "comparator" | "value" | "value_max" | "unit"> & { sort?: string }): string {
  if (target.value === null) return "";
  const unit = target.unit ? ` ${target.unit}` : "";
  if (target.value_max !== null) return `${target.value}–${target.value_max}${unit}`;
  // What was achieved, or is only told, is no bound.
  const aimed = target.sort === undefined || target.sort === "target";
  const sign = aimed || target.comparator !== ">=" ? `${SIGNS[target.comparator] ?? target.comparator} ` : "";
  return `${sign}${target.value}${unit}`;
}
