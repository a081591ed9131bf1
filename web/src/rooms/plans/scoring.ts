/** What an explained score says, item by item: items, then bonuses, then what moved the whole. */
export interface Step {
  kind: string;
  points: number;
  text: string;
  amount: number | null;
  capped: boolean;
  facts: Record<string, number>;
}
export interface Explained {
  name: string;
  full: number;
  points: number | null;
  steps: Step[];
}
interface Kept {
  items?: Explained[];
  bonuses?: Explained[];
  steps?: Step[];
}

export function explainedOf(kept: Readonly<Record<string, unknown>>): Explained[] {
  const { items = [], bonuses = [], steps = [] } = kept as Kept;
  const whole = steps.length > 0 ? [{ name: "Σ", full: 0, points: steps.reduce((sum, step) => sum + step.points, 0), steps }] : [];
  return [...items, ...bonuses, ...whole];
}

/** The place of line and column (from 1) in a text, as an offset; the end where it lies beyond. */
export function offsetAt(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  const before = lines.slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, before + Math.max(0, column - 1));
}
