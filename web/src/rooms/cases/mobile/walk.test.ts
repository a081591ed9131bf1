import { describe, expect, it } from "vitest";
import { inWalkingOrder, metres } from "./walk";

const at = (id: string, point: [number, number] | null) => ({ id, point });

describe("the order of a walk", () => {
  it("goes on to the nearest, and puts what has no place last", () => {
    const tasks = [at("far", [121.3, 31.4]), at("nowhere", null), at("near", [121.21, 31.4]), at("next", [121.22, 31.4])];
    expect(inWalkingOrder(tasks, [121.2, 31.4]).map((task) => task.id)).toEqual(["near", "next", "far", "nowhere"]);
  });

  it("starts at the first task when the phone does not know where it is", () => {
    const tasks = [at("a", [121.3, 31.4]), at("b", [121.2, 31.4]), at("c", [121.29, 31.4])];
    expect(inWalkingOrder(tasks, null).map((task) => task.id)).toEqual(["a", "c", "b"]);
  });

  it("measures in metres", () => {
    expect(metres([121.2, 31.4], [121.2, 31.41])).toBeCloseTo(1113, 0);
  });
});
