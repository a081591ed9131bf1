import { describe, expect, it } from "vitest";
import { paceOf } from "./pace";

describe("the pace of a target", () => {
  it("shows the last value of each month beside what was expected", () => {
    const target = { value: 100, baseline: 0, actuals: [{ day: "2026-02-03", value: 8, source: "hand" }, { day: "2026-01-20", value: 4, source: "hand" }, { day: "2026-01-31", value: 5, source: "report" }] };
    const months = [{ month: "2026-01-01", expected: 8.3, value: 5 }, { month: "2026-03-01", expected: 25, value: 11 }];
    expect(paceOf(target, months)).toEqual({ labels: ["2026-01", "2026-02", "2026-03"], actual: [5, 8, 11], expected: [8.3, null, 25], aim: [100, 100, 100] });
  });
});
