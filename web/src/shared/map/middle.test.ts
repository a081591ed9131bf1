import { describe, expect, it } from "vitest";
import type { Feature } from "geojson";
import { middleOf, middles } from "./middle";

const polygon = (...ring: [number, number][]): Feature => ({ type: "Feature", properties: { name: "甲" }, geometry: { type: "Polygon", coordinates: [[...ring, ring[0] as [number, number]]] } });

describe("where a name stands", () => {
  it("is the centroid where that lies inside", () => {
    expect(middleOf(polygon([121, 31], [123, 31], [123, 33], [121, 33]))).toEqual([122, 32]);
  });

  it("is inside even a horseshoe", () => {
    const at = middleOf(polygon([0, 0], [10, 0], [10, 10], [8, 10], [8, 1], [2, 1], [2, 10], [0, 10])) as number[];
    expect((at[0] as number) < 2 || (at[0] as number) > 8).toBe(true);
  });

  it("is in the largest part of several, one for each feature", () => {
    const two: Feature = { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]], [[[10, 10], [14, 10], [14, 14], [10, 14], [10, 10]]]] } };
    expect(middleOf(two)).toEqual([12, 12]);
    expect(middles({ type: "FeatureCollection", features: [two, polygon([0, 0], [1, 0], [1, 1])] }).features).toHaveLength(2);
  });
});
