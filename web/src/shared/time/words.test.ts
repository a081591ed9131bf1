import { describe, expect, it } from "vitest";
import { agoWords, day, dueWords, exact, short } from "./words";

const now = new Date("2026-11-22T06:05:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("a deadline in words", () => {
  it.each([
    [0.5, "time.due_now", 0],
    [45, "time.due_in_minutes", 45],
    [89, "time.due_in_minutes", 89],
    [180, "time.due_in_hours", 3],
    [47 * 60, "time.due_in_hours", 47],
    [49 * 60, "time.due_in_days", 2],
    [-0.5, "time.late_now", 0],
    [-30, "time.late_minutes", 30],
    [-26 * 60, "time.late_hours", 26],
    [-72 * 60, "time.late_days", 3],
  ])("%d minutes from now", (minutes, key, count) => {
    expect(dueWords(later(minutes), now)).toEqual({ key, count });
  });
});

describe("a time past in words", () => {
  it("never claims the future", () => {
    expect(agoWords(later(10), now)).toEqual({ key: "time.just_now", count: 0 });
    expect(agoWords(later(-125), now)).toEqual({ key: "time.ago_hours", count: 2 });
  });
});

describe("an exact time", () => {
  it("stands in the town's zone", () => {
    expect(exact(now)).toBe("2026-11-22 14:05");
    expect(day(new Date("2026-11-22T16:30:00Z"))).toBe("2026-11-23");
    expect(exact(new Date("2026-11-22T16:00:00Z"))).toBe("2026-11-23 00:00");
  });

  it("is as short as its day allows", () => {
    expect(short(new Date("2026-11-22T01:00:00Z"), now)).toBe("09:00");
    expect(short(new Date("2026-11-21T01:00:00Z"), now)).toBe("11-21 09:00");
    expect(short(new Date("2025-11-21T01:00:00Z"), now)).toBe("2025-11-21");
  });
});
