import { describe, expect, it } from "vitest";
import { dayBefore, figures } from "./figures";
import { baseOf, figureOf } from "./useCounts";
import { DESK_VIEWS, HOTLINE_VIEWS } from "./views";

const counts = (states: Record<string, number>, views: Record<string, number> = {}) => ({ states, views });

describe("the five figures", () => {
  const now = new Date("2026-11-22T17:00:00Z");

  it("count what is open, late, soon late and suspended", () => {
    const list = figures(counts({ filed: 3, suspended: 2, closed: 99 }, { late: 4, soon: 1 }), counts({ closed: 1, filed: 1 }), counts({ closed: 5 }), now);
    expect(list.map((one) => [one.name, one.value, one.before])).toEqual([["today", 2, 5], ["open", 5, null], ["late", 4, null], ["soon", 1, null], ["suspended", 2, null]]);
  });

  it("lead to the list that they count, by the town's own day", () => {
    expect(figures(null, null, null, now)[0]?.query).toEqual({ from: "2026-11-23", to: "2026-11-23" });
    expect(dayBefore(now, 7)).toBe("2026-11-16");
  });

  it("are unknown until they are known", () => {
    expect(figures(null, null, null, now).every((one) => one.value === null)).toBe(true);
  });
});

describe("the figure of a tab", () => {
  it("counts orders alone at the desk of orders", () => {
    expect(baseOf(HOTLINE_VIEWS)).toBe("orders");
    expect(baseOf(DESK_VIEWS)).toBe("open");
  });

  it("adds up the states that the tab shows", () => {
    const tab = HOTLINE_VIEWS.find((one) => one.key === "order_in_hand");
    expect(tab && figureOf(tab, counts({ filed: 3, handling: 4, ordered: 9 }))).toBe(7);
  });
});
