import type { Feature, FeatureCollection } from "geojson";
import type { ReachCard } from "@/api/circle";
import type { MapLayer, Paint } from "@/shared/map/layer";

/** How far one gets in 15, 10 and 5 minutes, and the way to the chosen facility. */
export function reachLayer(card: ReachCard, category: string | null, paint: Paint): MapLayer {
  const rings = card.rings.map((one): Feature => ({ type: "Feature", properties: { kind: "ring", minutes: one.minutes }, geometry: one.geometry as unknown as Feature["geometry"] }));
  const ways = card.items.flatMap((one): Feature[] =>
    one.nearest && one.nearest.line.length > 1 ? [{ type: "Feature", properties: { kind: "way", on: one.category === category }, geometry: { type: "LineString", coordinates: one.nearest.line as [number, number][] } }] : [],
  );
  const data: FeatureCollection = { type: "FeatureCollection", features: [...rings, ...ways] };
  return {
    id: "reach-card",
    sources: { "reach-card": { type: "geojson", data } },
    layers: [
      { id: "reach-ring", type: "fill", source: "reach-card", filter: ["==", ["get", "kind"], "ring"], paint: { "fill-color": paint("accent"), "fill-opacity": 0.08 } },
      { id: "reach-edge", type: "line", source: "reach-card", filter: ["==", ["get", "kind"], "ring"], paint: { "line-color": paint("accent"), "line-width": 1.6, "line-dasharray": [3, 2] } },
      { id: "reach-way", type: "line", source: "reach-card", filter: ["all", ["==", ["get", "kind"], "way"], ["==", ["get", "on"], true]], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": paint("late"), "line-width": 4 } },
    ],
  };
}
