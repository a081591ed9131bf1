import { describe, expect, it } from "vitest";
import { DAYS, dayAt, placeOf, spanAt } from "./looking";
import { pointOf } from "./useTownMap";

const today = new Date("2026-11-22T13:00:00+08:00");

describe("looking back on the map", () => {
  it("ends today at the end of the slider", () => {
    expect(dayAt(today, DAYS)).toBe("2026-11-22");
    expect(spanAt(today, DAYS, 7)).toEqual(["2026-11-16", "2026-11-22"]);
  });
  it("finds a span of a link again", () => {
    const [from, to] = spanAt(today, 100, 30);
    expect(placeOf({ from, to }, today)).toEqual({ end: 100, days: 30 });
    expect(placeOf(null, today)).toEqual({ end: DAYS, days: 7 });
  });
  it("stays within reach for a link that is out of it", () => {
    expect(placeOf({ from: "2020-01-01", to: "2020-01-02" }, today).end).toBe(1);
    expect(placeOf({ from: "x", to: "y" }, today)).toEqual({ end: DAYS, days: 1 });
  });
});

describe("a place in a link", () => {
  it("is longitude and latitude, or nothing", () => {
    expect(pointOf("121.21,31.4")).toEqual([121.21, 31.4]);
    for (const wrong of ["", "121.21", "31.4,121.21", "a,b", "1,2,3"]) expect(pointOf(wrong)).toBeNull();
  });
});
