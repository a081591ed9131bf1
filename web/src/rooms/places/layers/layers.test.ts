import { describe, expect, it } from "vitest";
import type { AreaChecks } from "@/api";
import type { MapLayer } from "@/shared/map/layer";
import { areasLayer } from "./areas";
import { facilitiesLayer } from "./facilities";
import { gapFeatures, gapsLayer } from "./gaps";

const none = { type: "FeatureCollection" as const, features: [] };
const paint = (token: string) => `token-${token}`;
const layers: MapLayer[] = [
  areasLayer({ data: none, chosen: null }, paint),
  facilitiesLayer({ data: none, signs: { hydrant: "栓" } }, paint),
  gapsLayer(none, paint),
];

describe("a layer of the town", () => {
  it.each(layers)("$id draws only from its own sources, and can be chosen only where it draws", (layer) => {
    const ids = layer.layers.map((one) => one.id);
    for (const one of layer.layers) expect(Object.keys(layer.sources)).toContain("source" in one ? one.source : "");
    for (const pick of layer.pick ?? []) expect(ids).toContain(pick);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tells named gaps from mistakes, scheme by scheme", () => {
    const polygon = { type: "Polygon", coordinates: [] };
    const checks = {
      tolerance: 1,
      errors: 1,
      problems: [],
      gaps: [{ id: "g", scheme: "community", name: "科技园区", managed_by: "管委会", square_metres: 9, polygon }],
      flaws: [{ kind: "gap", scheme: "grid", level: "cell", areas: [], square_metres: 3, polygon }],
    } as AreaChecks;
    expect(gapFeatures(checks, null).features.map((one) => one.properties?.kind)).toEqual(["gap", "hole"]);
    expect(gapFeatures(checks, "community").features).toHaveLength(1);
  });
});
