import { describe, expect, it } from "vitest";
import { explainedOf, offsetAt } from "./scoring";

describe("an assessment", () => {
  it("says where the rules are wrong, to the character", () => {
    expect(offsetAt("ab\ncde\nf", 2, 3)).toBe(5);
    expect(offsetAt("ab", 9, 9)).toBe(2);
  });

  it("explains items, bonuses and what moved the whole, in this order", () => {
    const step = { kind: "veto", points: -20, text: "", amount: null, capped: false, facts: {} };
    const found = explainedOf({ items: [{ name: "a", full: 60, points: 50, steps: [] }], bonuses: [{ name: "b", full: 5, points: 2, steps: [] }], steps: [step] });
    expect(found.map((one) => [one.name, one.points])).toEqual([["a", 50], ["b", 2], ["Σ", -20]]);
  });
});
