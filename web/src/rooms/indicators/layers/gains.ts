import type { FeatureCollection } from "geojson";
import type { DataDrivenPropertyValueSpecification } from "maplibre-gl";
import type { MapLayer, Paint } from "@/shared/map/layer";
import { GAIN_TOKENS, VEILED } from "../circle/gains";

export const GAINS = "gains";

/** Homes in the colour of what they gain, which is set as the state `k` of each. */
export function gainsLayer(data: FeatureCollection, paint: Paint): MapLayer {
  const color = ["match", ["coalesce", ["feature-state", "k"], VEILED], ...GAIN_TOKENS.flatMap((token, index) => [index, paint(token)]), paint("map-building")];
  return {
    id: GAINS,
    under: true,
    sources: { [GAINS]: { type: "geojson", data } },
    layers: [
      { id: "gains-fill", type: "fill", source: GAINS, paint: { "fill-color": color as DataDrivenPropertyValueSpecification<string> } },
      { id: "gains-line", type: "line", source: GAINS, minzoom: 15, paint: { "line-color": paint("surface"), "line-width": 0.6 } },
    ],
  };
}
