import { describe, expect, it } from "vitest";
import { areaWords, boxOf } from "./listOf";

describe("the list beside the map", () => {
  it("knows the box of any geometry", () => {
    const multi = { type: "Feature" as const, properties: null, geometry: { type: "MultiPolygon" as const, coordinates: [[[[1, 2], [3, 4], [1, 4], [1, 2]]], [[[5, 0], [6, 1], [5, 1], [5, 0]]]] } };
    expect(boxOf(multi)).toEqual([1, 0, 6, 4]);
    expect(boxOf({ type: "Feature", properties: null, geometry: null as never })).toBeNull();
  });

  it("writes sizes with their unit", () => {
    expect(areaWords(3_420_000)).toBe("3.42 km²");
    expect(areaWords(512.4)).toBe("512 m²");
  });
});
