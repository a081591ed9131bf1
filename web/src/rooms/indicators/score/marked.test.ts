import { describe, expect, it } from "vitest";
import { marked } from "./marked";
import { shadeOf } from "./shading";

describe("what is wrong in a formula", () => {
  it("is marked where it stands", () => {
    expect(marked("count of prks", { start: 9, end: 13 })).toEqual(["count of ", "prks", ""]);
    expect(marked("count of", { start: 8, end: 9 })).toEqual(["count of", " ", ""]);
    expect(marked("count", null)).toEqual(["count", "", ""]);
    expect(marked("𠮷 of x", { start: 2, end: 4 })).toEqual(["𠮷 ", "of", " x"]);
  });
});

describe("shading", () => {
  const cell = (value: number | null) => ({ value, state: "met" as const, reason: "", estimated: false });
  it("is deepest for the best, bare for the worst and the unknown", () => {
    const values = [cell(1), cell(3), cell(null)];
    expect(values.map((one) => shadeOf({ values, ascending: true }, one))).toEqual([0, 55, 0]);
    expect(values.map((one) => shadeOf({ values, ascending: false }, one))).toEqual([55, 0, 0]);
  });
});
