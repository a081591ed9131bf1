import type { ComparedCell, ComparedIndicator } from "@/api/indicators";

const DEEPEST = 55;

/** How deep a cell is shaded, in percent: the best area of an indicator the deepest, the worst and the unknown bare. */
export function shadeOf(row: Pick<ComparedIndicator, "values" | "ascending">, cell: ComparedCell | null): number {
  const known = row.values.map((one) => one?.value).filter((one): one is number => typeof one === "number");
  if (cell?.value === null || cell === null || known.length === 0) return 0;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (high === low) return DEEPEST / 2;
  const share = (cell.value - low) / (high - low);
  return Math.round((row.ascending ? share : 1 - share) * DEEPEST);
}
