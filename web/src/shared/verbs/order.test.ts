import { describe, expect, it } from "vitest";
import { isForward, KEY_OF, ordered } from "./order";

const offer = (name: string) => ({ name, needs: [], approval: null, offline: false });

describe("the buttons", () => {
  it("stand with the next step first and the ways out last", () => {
    const names = ordered(["cancel", "return", "dispatch", "urge", "file"].map(offer)).map((one) => one.name);
    expect(names).toEqual(["file", "dispatch", "urge", "return", "cancel"]);
  });

  it("stand out only where they lead forward", () => {
    expect(["dispatch", "close", "urge", "merge", "return"].map((name) => isForward(offer(name)))).toEqual([true, true, false, false, false]);
  });

  it("have each their own letter", () => {
    // Receiving a case and accepting an order are the same step of two flows: one letter.
    const letters = Object.entries(KEY_OF).filter(([verb]) => verb !== "accept").map(([, letter]) => letter);
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters).not.toContain("j");
    expect(letters).not.toContain("k");
  });
});
