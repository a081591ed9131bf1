import { describe, expect, it } from "vitest";
import { monthsOf } from "./months";

describe("a year as weeks", () => {
  const months = monthsOf(2026, [
    { day: "2026-10-01", kind: "holiday", name: "国庆节" },
    { day: "2026-10-10", kind: "workday", name: "国庆节" },
  ]);

  it("starts its weeks on Monday and holds every day once", () => {
    expect(months).toHaveLength(12);
    expect(months.flatMap((month) => month.weeks.flat()).filter(Boolean)).toHaveLength(365);
    expect(months[10]?.weeks[0]).toEqual([null, null, null, null, null, null, expect.objectContaining({ day: 1, kind: "rest" })]);
  });

  it("knows holidays and make-up workdays", () => {
    const october = months[9]?.weeks.flat().filter((cell) => cell !== null) ?? [];
    expect(october[0]).toEqual({ day: 1, kind: "holiday", name: "国庆节" });
    expect(october[9]?.kind).toBe("workday");
    expect(october[10]?.kind).toBe("rest");
  });
});
