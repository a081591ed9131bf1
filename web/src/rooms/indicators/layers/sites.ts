import type { Feature, FeatureCollection } from "geojson";
import { FONT } from "@/shared/map/baseStyle";
import type { MapLayer, Paint } from "@/shared/map/layer";

/** A facility, a trial or a chosen site on the map. */
export interface Site {
  id: string;
  name: string;
  /** stands: there now; tried: changed or new; closed: tried away; site: proposed; own: the planner's own pick. */
  kind: "stands" | "tried" | "closed" | "site" | "own";
  sign: string;
  point: [number, number];
}

export function siteFeatures(sites: readonly Site[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: sites.map((one): Feature => ({ type: "Feature", properties: { id: one.id, name: one.name, kind: one.kind, sign: one.sign }, geometry: { type: "Point", coordinates: one.point } })),
  };
}

/** Dots with a sign in them; what is tried or proposed is larger and stands out. */
export function sitesLayer(sites: readonly Site[], paint: Paint): MapLayer {
  const big = ["match", ["get", "kind"], ["tried", "site", "own"], true, false] as unknown as boolean;
  return {
    id: "sites",
    pick: ["sites-dot"],
    sources: { sites: { type: "geojson", data: siteFeatures(sites) } },
    layers: [
      {
        id: "sites-dot",
        type: "circle",
        source: "sites",
        paint: {
          "circle-radius": ["case", big, 13, 8],
          "circle-color": ["match", ["get", "kind"], "tried", paint("good"), "site", paint("late"), "closed", paint("surface"), "own", paint("soon"), paint("text")],
          "circle-stroke-width": 2,
          "circle-stroke-color": ["match", ["get", "kind"], "closed", paint("late"), paint("surface")],
        },
      },
      {
        id: "sites-sign",
        type: "symbol",
        source: "sites",
        layout: { "text-field": ["get", "sign"], "text-font": FONT, "text-size": ["case", big, 13, 10], "text-allow-overlap": true },
        paint: { "text-color": ["match", ["get", "kind"], "closed", paint("late"), paint("surface")] },
      },
    ],
  };
}
