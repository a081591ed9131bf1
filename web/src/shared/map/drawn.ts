import type { Feature } from "geojson";
import type { MapLayer, Paint } from "./layer";

type Point = [number, number];

/** How far a point is from a segment, squared, in degrees that are as long eastwards as northwards. */
function away([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const wide = Math.cos((y * Math.PI) / 180);
  const [px, py, dx, dy] = [(x - x1) * wide, y - y1, (x2 - x1) * wide, y2 - y1];
  const long = dx * dx + dy * dy;
  const along = long === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / long));
  return (px - along * dx) ** 2 + (py - along * dy) ** 2;
}

/** Where a new corner belongs in a ring: behind the corner at which the nearest edge starts; at the end of a mere line. */
export function nearestEdge(ring: readonly Point[], at: Point): number {
  if (ring.length < 3) return ring.length;
  const far = ring.map((corner, index) => away(at, corner, ring[(index + 1) % ring.length] as Point));
  return far.indexOf(Math.min(...far)) + 1;
}

/** Whether two edges of the ring cross: such an outline bounds nothing. */
export function crossesItself(ring: readonly Point[]): boolean {
  const side = (a: Point, b: Point, c: Point) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const edges = ring.map((corner, index) => [corner, ring[(index + 1) % ring.length] as Point] as const);
  return edges.some(([a, b], i) =>
    edges.some(([c, d], j) => {
      const apart = Math.abs(i - j);
      if (apart <= 1 || apart === edges.length - 1) return false;
      return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
    }),
  );
}

/** The ring being drawn: its face, its edges, its corners; the chosen corner is full. */
export function drawnLayer(points: readonly Point[], chosen: number | null, paint: Paint): MapLayer {
  const corners: Feature[] = points.map((at, index) => ({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: { index, chosen: index === chosen } }));
  const ring = [...points, ...points.slice(0, 1)];
  const face: Feature[] = points.length > 2 ? [{ type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties: {} }] : [];
  const line: Feature = { type: "Feature", geometry: { type: "LineString", coordinates: points.length > 2 ? ring : [...points] }, properties: {} };
  const features = points.length > 1 ? [...face, line, ...corners] : corners;
  return {
    id: "drawn",
    sources: { drawn: { type: "geojson", data: { type: "FeatureCollection", features } } },
    layers: [
      { id: "drawn-face", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": paint("accent"), "fill-opacity": 0.15 } },
      { id: "drawn-edge", type: "line", source: "drawn", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": paint("accent"), "line-width": 2.5 } },
      {
        id: "drawn-corner", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"],
        paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, points.length > 60 ? 2.5 : 6, 16, 6], "circle-color": ["case", ["get", "chosen"], paint("accent"), paint("surface")], "circle-stroke-color": paint("accent"), "circle-stroke-width": 2 },
      },
    ],
  };
}
