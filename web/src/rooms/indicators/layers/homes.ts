import type { FeatureCollection } from "geojson";
import type { DataDrivenPropertyValueSpecification } from "maplibre-gl";
import type { MapLayer, Paint } from "@/shared/map/layer";

export const HOMES = "homes";
export const REACH_TOKENS = ["reach-5", "reach-10", "reach-15", "reach-far", "reach-unknown"] as const;

/** Homes in the colour of their class, which is set as the state `k` of each, so that a change repaints only what differs. */
export function homesLayer(data: FeatureCollection, paint: Paint): MapLayer {
  const color = ["match", ["coalesce", ["feature-state", "k"], 4], ...REACH_TOKENS.flatMap((token, index) => [index, paint(token)]), paint("reach-unknown")];
  return {
    id: HOMES,
    sources: { [HOMES]: { type: "geojson", data } },
    layers: [
      { id: "homes-fill", type: "fill", source: HOMES, paint: { "fill-color": color as DataDrivenPropertyValueSpecification<string> } },
      { id: "homes-line", type: "line", source: HOMES, minzoom: 15, paint: { "line-color": paint("surface"), "line-width": 0.6 } },
    ],
  };
}
