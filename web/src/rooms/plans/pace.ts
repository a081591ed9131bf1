import type { PlanMonthLight, PlanTargetDetail } from "@/api/plans";

export interface Pace {
  labels: string[];
  actual: (number | null)[];
  expected: (number | null)[];
  aim: (number | null)[];
}

type Aim = Pick<PlanTargetDetail, "value" | "baseline" | "actuals">;

/** The newest of what was measured. */
export function latestOf<T extends { day: string }>(actuals: readonly T[]): T | null {
  return actuals.reduce<T | null>((best, one) => (best === null || one.day > best.day ? one : best), null);
}

/** Month by month: the last measured value, the expected one where the rules gave it, and the target. */
export function paceOf(target: Aim, months: readonly Pick<PlanMonthLight, "month" | "expected" | "value">[]): Pace {
  const judged = new Map(months.map((row) => [row.month.slice(0, 7), row]));
  const measured = new Map<string, number>();
  for (const row of [...target.actuals].sort((a, b) => a.day.localeCompare(b.day))) measured.set(row.day.slice(0, 7), row.value);
  const labels = [...new Set([...judged.keys(), ...measured.keys()])].sort();
  return {
    labels,
    actual: labels.map((label) => measured.get(label) ?? judged.get(label)?.value ?? null),
    expected: labels.map((label) => judged.get(label)?.expected ?? null),
    aim: labels.map(() => target.value),
  };
}
