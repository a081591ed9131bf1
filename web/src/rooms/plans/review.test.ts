import { describe, expect, it } from "vitest";
import { countsOf, figureOf, fits, inOrder, isAsked, marksOf, nextOf, stepFrom, type ReviewItem } from "./review";

const task = (id: string, at: number, more: object = {}) =>
  ({ kind: "task", id, row: { id, state: "proposed", spans: [[at, at + 5]], parties: [], before_issue: false, due_confirmed: false, ...more } }) as unknown as ReviewItem;
const target = (id: string, at: number, more: object = {}) =>
  ({ kind: "target", id, row: { id, state: "proposed", sort: "target", question: "", spans: [[at, at + 2]], ...more } }) as unknown as ReviewItem;

describe("the review", () => {
  const items = [target("b", 20), task("a", 3), task("c", 30, { state: "accepted", parties: [{ question: "unit.unknown" }] }), task("d", 40, { state: "rejected" })];

  it("follows the document", () => {
    expect(inOrder(items).map((item) => item.id)).toEqual(["a", "b", "c", "d"]);
  });

  it("counts what is open, accepted, asked and put aside", () => {
    expect(countsOf(items)).toEqual({ open: 2, accepted: 1, questions: 1, rejected: 1, all: 4 });
    expect(isAsked(items[2] as ReviewItem)).toBe(true);
    expect(fits(items[3] as ReviewItem, "questions")).toBe(false);
  });

  it("marks achievements apart from targets, and merged items not at all", () => {
    const marks = marksOf([target("x", 1, { sort: "achievement" }), task("y", 5, { state: "merged" })], []);
    expect(marks).toEqual([{ id: "x", kind: "other", spans: [[1, 3]] }]);
  });

  it("steps through the list and stops at its ends", () => {
    const ids = ["a", "b", "c"];
    expect([stepFrom(ids, null, 1), stepFrom(ids, "a", 1), stepFrom(ids, "c", 1), stepFrom(ids, "gone", -1), stepFrom([], "a", 1)]).toEqual(["a", "b", "c", "a", null]);
  });

  it("goes on to what is left after an item was dealt with", () => {
    expect([nextOf(["a", "b", "c"], "a"), nextOf(["a", "b", "c"], "c"), nextOf(["a"], "a")]).toEqual(["b", "a", null]);
  });

  it("writes a target's figure as it is read", () => {
    expect(figureOf({ comparator: ">=", value: 95, value_max: null, unit: "%" })).toBe("≥ 95 %");
    expect(figureOf({ comparator: ">=", value: 85, value_max: 90, unit: "亿元" })).toBe("85–90 亿元");
    expect(figureOf({ comparator: ">=", value: null, value_max: null, unit: "" })).toBe("");
  });
});
