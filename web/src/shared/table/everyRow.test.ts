import { describe, expect, it } from "vitest";
import { everyRow } from "./everyRow";

const list = (count: number) => async (cursor: string | null, limit: number) => {
  const from = Number(cursor ?? 0);
  const to = Math.min(count, from + limit);
  return { items: Array.from({ length: to - from }, (_, index) => from + index), next: to < count ? String(to) : null, total: count, more: false };
};

describe("all rows of a list", () => {
  it("come in order, and end", async () => {
    const told: number[] = [];
    const rows = await everyRow(list(450), (done) => told.push(done) > 0);
    expect(rows).toHaveLength(450);
    expect(rows.at(-1)).toBe(449);
    expect(told).toEqual([200, 400, 450]);
  });

  it("stop when told to, and never pass ten thousand", async () => {
    expect(await everyRow(list(450), () => false)).toHaveLength(200);
    expect(await everyRow(list(99_999), () => true)).toHaveLength(10_000);
  });
});
