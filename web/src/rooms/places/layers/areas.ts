import type { ExpressionSpecification } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import { FONT } from "@/shared/map/baseStyle";
import type { MapLayer, Paint } from "@/shared/map/layer";
import { middles } from "@/shared/map/middle";

export interface AreaPicture {
  data: FeatureCollection;
  chosen: string | null;
}

const OUTER: ExpressionSpecification = ["in", ["get", "role"], ["literal", ["town", "sector"]]];

/** Outlines of areas with their names; the chosen one is filled. Outer levels have stronger lines. */
export function areasLayer({ data, chosen }: AreaPicture, paint: Paint): MapLayer {
  const isChosen: ExpressionSpecification = ["==", ["get", "id"], chosen ?? ""];
  return {
    id: "areas",
    pick: ["areas-fill"],
    hides: ["base-name-area"],
    sources: { areas: { type: "geojson", data }, "areas-middle": { type: "geojson", data: middles(data) } },
    layers: [
      { id: "areas-fill", type: "fill", source: "areas", paint: { "fill-color": paint("accent"), "fill-opacity": ["case", isChosen, 0.2, 0.03] } },
      {
        id: "areas-line",
        type: "line",
        source: "areas",
        layout: { "line-join": "round" },
        paint: { "line-color": paint("accent"), "line-width": ["case", isChosen, 3, OUTER, 2.2, 1.2], "line-opacity": ["case", isChosen, 1, 0.75] },
      },
      {
        id: "areas-name",
        type: "symbol",
        source: "areas-middle",
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": ["case", OUTER, 15, 12.5], "text-padding": 6 },
        paint: { "text-color": paint("accent-strong"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.6 },
      },
    ],
  };
}
