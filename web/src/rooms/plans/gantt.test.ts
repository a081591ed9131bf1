import { describe, expect, it } from "vitest";
import { drawnOf, monthsOf, placeOf } from "./gantt";

const bars = [
  { id: "a", start: "2026-01-01", end: "2026-06-30" },
  { id: "b", start: null, end: "2027-03-31" },
  { id: "c", start: null, end: null },
];

describe("the plan by months", () => {
  const months = monthsOf(bars, "2026-11-22");

  it("runs from the first start to the last end", () => {
    expect(months[0]?.key).toBe("2026-01");
    expect(months.at(-1)?.key).toBe("2027-03");
  });

  it("never shows more than six years", () => {
    expect(monthsOf([{ id: "x", start: "1990-01-01", end: "2060-01-01" }], "2026-11-22").length).toBeLessThanOrEqual(72);
  });

  it("places a day inside its month", () => {
    expect(placeOf("2026-01-01", months)).toBe(0);
    expect(placeOf("2026-02-15", months)).toBeCloseTo(1.5);
  });

  it("draws a task without a beginning as a point, and one without dates not at all", () => {
    expect(drawnOf(bars[0] as never, months)).toMatchObject({ from: 0, point: false });
    expect(drawnOf(bars[1] as never, months)?.point).toBe(true);
    expect(drawnOf(bars[2] as never, months)).toBeNull();
  });
});
