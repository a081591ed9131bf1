import type { FeatureCollection } from "geojson";
import { FONT } from "@/shared/map/baseStyle";
import type { MapLayer, Paint } from "@/shared/map/layer";

export interface FacilityPicture {
  data: FeatureCollection;
  /** One letter for each category, so that kinds are told apart without colour. */
  signs: Record<string, string>;
}

/** Facilities as dots with the first character of their kind; what is out of service stands out. */
export function facilitiesLayer({ data, signs }: FacilityPicture, paint: Paint): MapLayer {
  const sign = ["match", ["get", "category"], ...Object.entries(signs).flat(), ""] as unknown as string;
  const single = ["!", ["has", "point_count"]] as unknown as boolean;
  return {
    id: "facilities",
    pick: ["facilities-dot", "facilities-cluster"],
    sources: { facilities: { type: "geojson", data, cluster: true, clusterRadius: 52, clusterMaxZoom: 14 } },
    layers: [
      {
        id: "facilities-cluster",
        type: "circle",
        source: "facilities",
        filter: ["has", "point_count"],
        paint: { "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "point_count"]], 0.7, 8, 7, 17], "circle-color": paint("text-2"), "circle-opacity": 0.72 },
      },
      {
        id: "facilities-count",
        type: "symbol",
        source: "facilities",
        filter: ["has", "point_count"],
        layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 11, "text-allow-overlap": true },
        paint: { "text-color": paint("surface") },
      },
      {
        id: "facilities-dot",
        type: "circle",
        source: "facilities",
        filter: single,
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 4, 16, 9],
          "circle-color": ["match", ["get", "state"], "out_of_service", paint("late"), "planned", paint("surface"), paint("text-2")],
          "circle-stroke-width": 1.4,
          "circle-stroke-color": ["match", ["get", "state"], "planned", paint("text-2"), paint("surface")],
        },
      },
      {
        id: "facilities-sign",
        type: "symbol",
        source: "facilities",
        filter: single,
        minzoom: 14.5,
        layout: { "text-field": Object.keys(signs).length > 0 ? sign : "", "text-font": FONT, "text-size": 10.5, "text-allow-overlap": true },
        paint: { "text-color": ["match", ["get", "state"], "planned", paint("text-2"), paint("surface")] },
      },
    ],
  };
}
