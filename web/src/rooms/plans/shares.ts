/** Decomposition: whether shares add up to the whole. Rates are never summed. */

export interface Part {
  value: number | null;
}

export interface Sum {
  sum: number;
  /** What is missing to the whole; negative where it is too much, null where sums say nothing. */
  rest: number | null;
  fits: boolean;
}

const NEAR = 1e-6;

/** `whole` null: nothing to compare with. `summed` false: shares are levels of a rate, each by itself. */
export function sumOf(parts: readonly Part[], whole: number | null, summed: boolean): Sum {
  const sum = parts.reduce((all, part) => all + (part.value ?? 0), 0);
  const rounded = Math.round(sum * 1e6) / 1e6;
  if (!summed || whole === null) return { sum: rounded, rest: null, fits: true };
  const rest = Math.round((whole - sum) * 1e6) / 1e6 || 0;
  return { sum: rounded, rest, fits: Math.abs(rest) <= NEAR * Math.max(1, Math.abs(whole)) };
}

/** The years that a target runs over, the last one included. */
export function yearsOf(from: string | null, by: string | null, now: string): number[] {
  const last = Number((by ?? now).slice(0, 4));
  const first = Math.min(Number((from ?? now).slice(0, 4)), last);
  return Array.from({ length: Math.min(last - first + 1, 15) }, (_, n) => first + n);
}
