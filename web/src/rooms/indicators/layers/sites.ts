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
  /** What it brings, written below it. */
  note?: string;
  point: [number, number];
}

export function siteFeatures(sites: readonly Site[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: sites.map((one): Feature => ({ type: "Feature", properties: { id: one.id, name: one.name, kind: one.kind, sign: one.sign, note: one.note ?? "" }, geometry: { type: "Point", coordinates: one.point } })),
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
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, ["case", big, 12, 4], 15, ["case", big, 13, 8]],
          "circle-color": ["match", ["get", "kind"], "tried", paint("good"), "site", paint("late"), "closed", paint("surface"), "own", paint("soon"), paint("text")],
          "circle-stroke-width": 2,
          "circle-stroke-color": ["match", ["get", "kind"], "closed", paint("late"), paint("surface")],
        },
      },
      {
        id: "sites-sign",
        type: "symbol",
        source: "sites",
        layout: { "text-field": ["get", "sign"], "text-font": FONT, "text-size": ["step", ["zoom"], ["case", big, 13, 0], 13.5, ["case", big, 13, 10]], "text-allow-overlap": true },
        paint: { "text-color": ["match", ["get", "kind"], "closed", paint("late"), paint("surface")] },
      },
      {
        id: "sites-note",
        type: "symbol",
        source: "sites",
        filter: ["!=", ["get", "note"], ""],
        layout: { "text-field": ["get", "note"], "text-font": FONT, "text-size": 13, "text-anchor": "top", "text-offset": [0, 1.1], "text-padding": 1 },
        paint: { "text-color": paint("text"), "text-halo-color": paint("map-halo"), "text-halo-width": 2 },
      },
    ],
  };
}
