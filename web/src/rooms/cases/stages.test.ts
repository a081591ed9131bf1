import { describe, expect, it } from "vitest";
import { stagesOf } from "./stages";

const now = (state: string, order = false) => stagesOf(state, order).find((one) => one.at === "now")?.name;

describe("the way of a case", () => {
  it("shows where it stands, states beside the way included", () => {
    expect(now("filed")).toBe("filed");
    expect(now("checking")).toBe("received");
    expect(now("suspended")).toBe("handling");
    expect(now("ordered", true)).toBe("ordered");
  });

  it("is all behind once rated", () => {
    expect(stagesOf("rated", false).every((one) => one.at === "past")).toBe(true);
  });

  it("has an end of its own for orders of an upper platform", () => {
    expect(stagesOf("replied", true).map((one) => one.name)).toContain("replied");
    expect(stagesOf("closed", false).map((one) => one.name)).not.toContain("replied");
  });

  it("has few steps where it was settled on the spot, and all of them once it is worked on again", () => {
    expect(stagesOf("closed", false, true).map((one) => one.name)).toEqual(["reported", "settled", "closed", "rated"]);
    expect(stagesOf("dispatched", false, true).map((one) => one.name)).toContain("verifying");
  });
});
