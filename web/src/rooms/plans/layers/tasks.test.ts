import { describe, expect, it } from "vitest";
import { departmentsOf, placesOf, tasksLayer } from "./tasks";

const feature = (id: string, department: string | null, light = "green") => ({ type: "Feature", id, geometry: { type: "Point", coordinates: [121, 31] }, properties: { title: id, department, light, state: "live", progress: 0, due_on: "2026-12-01" } });
const found = { type: "FeatureCollection", more: false, unplaced: 0, features: [feature("a", "x"), feature("b", "y"), feature("c", "y"), feature("d", null)] };

describe("the wall map", () => {
  it("gives each department its colour, the busiest first, and nobody the last", () => {
    const places = placesOf(found as never);
    expect(departmentsOf(places.features)).toEqual(["y", "x"]);
    expect(places.features.map((one) => one.properties.hue)).toEqual([1, 0, 0, 7]);
  });

  it("is coloured by light, department or time", () => {
    const paint = (token: string) => `#${token}`;
    for (const by of ["light", "department", "time"] as const) {
      const dot = tasksLayer(placesOf(found as never), by, "2026-11-22", paint).layers[0];
      expect(JSON.stringify(dot)).toContain(by === "department" ? "hue" : by === "light" ? "#late" : "2026-12-22");
    }
  });
});
