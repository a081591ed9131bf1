import { describe, expect, it } from "vitest";
import type { ScoreCard } from "@/api/indicators";
import { cardIn, endOf, lacking, lightOf, narrowed, sparkline, tally, themes } from "./figures";

const card = (more: object) => ({ code: "a", zh: "甲", en: "A", group: "green", state: "met", period: "2026-11", value: 3, trend: [], target: null, verbs: [], ...more }) as unknown as ScoreCard;

describe("scorecards", () => {
  it("never take what is unknown for met or for a gap", () => {
    expect([lightOf("met"), lightOf("gap"), lightOf("unknown"), lightOf("")]).toEqual(["green", "red", "grey", "grey"]);
    expect(tally([card({ state: "unknown" }), card({ state: "" }), card({})])).toEqual({ gap: 0, met: 1, unknown: 1 });
  });

  it("are narrowed, and what needs a hand comes first", () => {
    const all = [card({ code: "m" }), card({ code: "g", state: "gap" }), card({ code: "c", group: "care", zh: "养老" })];
    expect(narrowed(all, { q: "养" }).map((one) => one.code)).toEqual(["c"]);
    expect(themes(all, ["care", "green"]).map((one) => one.cards.map((own) => own.code))).toEqual([["c"], ["g", "m"]]);
  });

  it("show an earlier month as it was, and nothing where nothing was kept", () => {
    const kept = card({ trend: [{ period: "2026-09", value: 1, state: "gap" }], target: { comparator: ">=", value: 4 }, verbs: ["raise"] });
    expect(cardIn(kept, "2026-09")).toMatchObject({ value: 1, state: "gap", lacking: 3, verbs: [] });
    expect(cardIn(kept, "2026-10")).toMatchObject({ value: null, state: "unknown" });
    expect(endOf("2026Q2")).toBe("2026-06");
  });

  it("measure what is lacking in the direction of the target", () => {
    expect([lacking(5, "<=", 3), lacking(2, "<=", 3), lacking(null, ">=", 3)]).toEqual([2, 0, null]);
  });

  it("draw a line that breaks where a value is missing", () => {
    expect(sparkline([1, null, 3, 2], 30, 10)).toBe("M0.0 10.0M20.0 0.0L30.0 5.0");
    expect(sparkline([1], 30, 10)).toBe("");
  });
});
