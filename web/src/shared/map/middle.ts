import type { Feature, FeatureCollection, Point, Position } from "geojson";

type Edge = readonly [x1: number, y1: number, x2: number, y2: number];

/** The edges of a ring, relative to its first point: degrees squared would lose digits otherwise. */
function edges(ring: readonly Position[]): { from: [number, number]; edges: Edge[] } {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  const moved = ring.map(([x = 0, y = 0]): [number, number] => [x - x0, y - y0]);
  const pairs = moved.slice(1).map(([x, y], index): Edge => [...(moved[index] as [number, number]), x, y]);
  return { from: [x0, y0], edges: pairs };
}

const cross = ([x1, y1, x2, y2]: Edge) => x1 * y2 - x2 * y1;
const total = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0);
const size = (ring: readonly Position[]) => Math.abs(total(edges(ring).edges.map(cross)));

/** Where a ring crosses a latitude, from west to east: it is inside between the first and the second, and so on. */
function cuts(list: readonly Edge[], y: number): number[] {
  const found = list.filter(([, y1, , y2]) => y1 > y !== y2 > y).map(([x1, y1, x2, y2]) => x1 + ((x2 - x1) * (y - y1)) / (y2 - y1));
  return found.sort((a, b) => a - b);
}

function runs(list: readonly Edge[], y: number): [number, number][] {
  const found = cuts(list, y);
  return found.flatMap((x, index): [number, number][] => (index % 2 === 0 ? [[x, found[index + 1] ?? x]] : []));
}

/** The centroid, or where that lies outside the middle of the longest run along its latitude. */
function inside(ring: readonly Position[]): Position {
  const { from, edges: list } = edges(ring);
  const area = total(list.map(cross)) * 3;
  if (area === 0) return from;
  const x = total(list.map((edge) => (edge[0] + edge[2]) * cross(edge))) / area;
  const y = total(list.map((edge) => (edge[1] + edge[3]) * cross(edge))) / area;
  const along = runs(list, y).sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  const here = along.some(([west, east]) => west < x && x < east);
  const [west, east] = along[0] ?? [x, x];
  return [from[0] + (here ? x : (west + east) / 2), from[1] + y];
}

function outerRings(geometry: Feature["geometry"] | null): Position[][] {
  if (geometry?.type === "Polygon") return geometry.coordinates.slice(0, 1);
  return geometry?.type === "MultiPolygon" ? geometry.coordinates.flatMap((part) => part.slice(0, 1)) : [];
}

/** Where the name of a polygon stands: inside its largest part. Null for what has no area. */
export function middleOf(feature: Feature): Position | null {
  const largest = outerRings(feature.geometry).sort((a, b) => size(b) - size(a))[0];
  return largest ? inside(largest) : null;
}

/** One point for each polygon: the name of a polygon itself would come again in every tile. */
export function middles(data: FeatureCollection): FeatureCollection<Point> {
  const features = data.features.flatMap((one): Feature<Point>[] => {
    const at = middleOf(one);
    return at ? [{ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: one.properties }] : [];
  });
  return { type: "FeatureCollection", features };
}
