import type { ExpressionSpecification } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import { FONT } from "@/shared/map/baseStyle";
import type { MapLayer, Paint } from "@/shared/map/layer";
import { middles } from "@/shared/map/middle";

/** The least and the largest known value; null where nothing is known. */
export function spread(data: FeatureCollection): [number, number] | null {
  const known = data.features.map((one) => (one.properties as { value?: number | null }).value).filter((one): one is number => typeof one === "number");
  return known.length > 0 ? [Math.min(...known), Math.max(...known)] : null;
}

/** Areas shaded by their value, deep is much; in a gap with a strong edge, not known in grey. */
export function figuresLayer(data: FeatureCollection, paint: Paint): MapLayer {
  const found = spread(data);
  const known: ExpressionSpecification = ["==", ["typeof", ["get", "value"]], "number"];
  const shade: ExpressionSpecification | string =
    found && found[1] > found[0] ? ["interpolate", ["linear"], ["get", "value"], found[0], paint("reach-15"), (found[0] + found[1]) / 2, paint("reach-10"), found[1], paint("reach-5")] : paint("reach-10");
  const lacks: ExpressionSpecification = ["==", ["get", "state"], "gap"];
  return {
    id: "figures",
    pick: ["figures-fill"],
    hides: ["base-name-area"],
    sources: { figures: { type: "geojson", data }, "figures-middle": { type: "geojson", data: middles(data) } },
    layers: [
      { id: "figures-fill", type: "fill", source: "figures", paint: { "fill-color": ["case", known, shade, paint("reach-unknown")], "fill-opacity": ["case", known, 0.62, 0.28] } },
      { id: "figures-line", type: "line", source: "figures", paint: { "line-color": ["case", lacks, paint("late"), paint("line-strong")], "line-width": ["case", lacks, 2, 0.8] } },
      { id: "figures-name", type: "symbol", source: "figures-middle", layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12 }, paint: { "text-color": paint("map-label"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.6 } },
    ],
  };
}

/** The things that fail, where they are; those of which it is not known are hollow. */
export function failingLayer(data: FeatureCollection, paint: Paint): MapLayer {
  const unknown: ExpressionSpecification = ["==", ["get", "state"], "unknown"];
  const color: ExpressionSpecification = ["case", unknown, paint("unknown"), paint("late")];
  const isPoint: ExpressionSpecification = ["==", ["geometry-type"], "Point"];
  return {
    id: "failing",
    pick: ["failing-dot"],
    sources: { failing: { type: "geojson", data } },
    layers: [
      { id: "failing-line", type: "line", source: "failing", filter: ["!", isPoint], paint: { "line-color": color, "line-width": 2.4 } },
      { id: "failing-dot", type: "circle", source: "failing", filter: isPoint, paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 3.5, 16, 7], "circle-color": ["case", unknown, paint("surface"), color], "circle-stroke-color": ["case", unknown, color, paint("surface")], "circle-stroke-width": 1.4 } },
    ],
  };
}
