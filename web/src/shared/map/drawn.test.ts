import { describe, expect, it } from "vitest";
import { crossesItself, nearestEdge } from "./drawn";

type Point = [number, number];
const square: Point[] = [[121.2, 31.2], [121.3, 31.2], [121.3, 31.3], [121.2, 31.3]];

describe("a ring being drawn", () => {
  it("takes a new corner on its nearest edge, the closing one included", () => {
    expect(nearestEdge(square, [121.25, 31.19])).toBe(1);
    expect(nearestEdge(square, [121.31, 31.25])).toBe(2);
    expect(nearestEdge(square, [121.19, 31.25])).toBe(4);
  });
  it("grows at its end while it is a mere line", () => {
    expect(nearestEdge([], [121.2, 31.2])).toBe(0);
    expect(nearestEdge(square.slice(0, 2), [121.2, 31.25])).toBe(2);
  });
  it("crosses itself as a bow tie, not as a square", () => {
    expect(crossesItself(square)).toBe(false);
    expect(crossesItself([square[0], square[2], square[1], square[3]] as Point[])).toBe(true);
  });
});
