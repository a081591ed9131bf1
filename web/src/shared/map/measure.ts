import type { MapLayer, Paint } from "./layer";
import { FONT } from "./baseStyle";

type Point = [number, number];
const EARTH = 6_371_008.8;
const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres along a line on the sphere (haversine; within 0.6 % of the ellipsoid). */
export function metres(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, [lng, lat], index) => {
    const [lng0, lat0] = points[index] as Point;
    const h = Math.sin(rad(lat - lat0) / 2) ** 2 + Math.cos(rad(lat)) * Math.cos(rad(lat0)) * Math.sin(rad(lng - lng0) / 2) ** 2;
    return sum + 2 * EARTH * Math.asin(Math.sqrt(h));
  }, 0);
}

/** Square metres inside a ring on the sphere; small rings, which a town's are. */
export function squareMetres(points: readonly Point[]): number {
  if (points.length < 3) return 0;
  const sum = points.reduce((all, [lng, lat], index) => {
    const [lng1, lat1] = points[(index + 1) % points.length] as Point;
    return all + rad(lng1 - lng) * (2 + Math.sin(rad(lat)) + Math.sin(rad(lat1)));
  }, 0);
  return Math.abs((sum * EARTH * EARTH) / 2);
}

export function lengthWords(length: number): string {
  return length >= 1000 ? `${(length / 1000).toFixed(2)} km` : `${Math.round(length)} m`;
}

/** The measured line with its points, and how long it is up to each. */
export function measureLayer(points: readonly Point[], paint: Paint): MapLayer {
  const marks = points.map((at, index) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: at },
    properties: { text: index === 0 ? "" : lengthWords(metres(points.slice(0, index + 1))) },
  }));
  const line = { type: "Feature" as const, geometry: { type: "LineString" as const, coordinates: [...points] }, properties: {} };
  return {
    id: "measure",
    sources: { measure: { type: "geojson", data: { type: "FeatureCollection", features: points.length > 1 ? [line, ...marks] : marks } } },
    layers: [
      { id: "measure-line", type: "line", source: "measure", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": paint("accent"), "line-width": 2.5, "line-dasharray": [2, 1] } },
      { id: "measure-point", type: "circle", source: "measure", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4, "circle-color": paint("surface"), "circle-stroke-color": paint("accent"), "circle-stroke-width": 2 } },
      {
        id: "measure-text", type: "symbol", source: "measure", filter: ["==", ["geometry-type"], "Point"],
        layout: { "text-field": ["get", "text"], "text-font": FONT, "text-size": 12, "text-offset": [0, -1.2], "text-allow-overlap": true },
        paint: { "text-color": paint("text"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.6 },
      },
    ],
  };
}
