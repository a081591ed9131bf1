import { describe, expect, it } from "vitest";
import { sumOf, yearsOf } from "./shares";

describe("yearly shares", () => {
  it("must add up to the whole", () => {
    expect(sumOf([{ value: 0.1 }, { value: 0.2 }], 0.3, true)).toMatchObject({ rest: 0, fits: true });
    expect(sumOf([{ value: 3 }, { value: null }], 5, true)).toEqual({ sum: 3, rest: 2, fits: false });
  });

  it("are levels, not parts, where the target is a rate", () => {
    expect(sumOf([{ value: 80 }, { value: 95 }], 95, false).fits).toBe(true);
  });

  it("are asked for every year of the period", () => {
    expect(yearsOf("2024-01-01", "2026-12-31", "2026-11-22")).toEqual([2024, 2025, 2026]);
    expect(yearsOf(null, "2026-06-30", "2026-11-22")).toEqual([2026]);
  });
});
