import { describe, expect, it } from "vitest";
import { slice } from "./window";

describe("the window on a list", () => {
  it("draws short lists whole", () => {
    expect(slice(200, 40, 3000, 800)).toEqual({ first: 0, last: 200, before: 0, after: 0 });
  });

  it("keeps the scroll height of a long one exactly", () => {
    for (const scrolled of [0, 1, 999, 20_000, 39_200]) {
      const { first, last, before, after } = slice(1000, 40, scrolled, 800);
      expect(before + (last - first) * 40 + after).toBe(40_000);
      expect(last - first).toBeLessThan(60);
      expect(before).toBeLessThanOrEqual(scrolled);
      expect(before + (last - first) * 40).toBeGreaterThanOrEqual(Math.min(40_000, scrolled + 800));
    }
  });
});
