import type { Feature, FeatureCollection, Point, Position } from "geojson";

/** Twice the signed area of a ring. */
function twice(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[i + 1] ?? [];
    sum += x1 * y2 - x2 * y1;
  }
  return sum;
}

function centroid(ring: readonly Position[]): Position {
  const area = twice(ring);
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  if (area === 0) return [x0, y0];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    // Relative to the first point: degrees squared lose digits otherwise.
    const x1 = (ring[i]?.[0] ?? 0) - x0;
    const y1 = (ring[i]?.[1] ?? 0) - y0;
    const x2 = (ring[i + 1]?.[0] ?? 0) - x0;
    const y2 = (ring[i + 1]?.[1] ?? 0) - y0;
    const cross = x1 * y2 - x2 * y1;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  return [x0 + x / (3 * area), y0 + y / (3 * area)];
}

function inside([x = 0, y = 0]: Position, ring: readonly Position[]): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

/** The middle of the longest run of a ring along one latitude: a point that surely lies inside. */
function across(ring: readonly Position[], y: number): Position {
  const cuts: number[] = [];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y) cuts.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
  }
  cuts.sort((a, b) => a - b);
  let best: [number, number] = [cuts[0] ?? 0, cuts[1] ?? cuts[0] ?? 0];
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const run: [number, number] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    if (run[1] - run[0] > best[1] - best[0]) best = run;
  }
  return [(best[0] + best[1]) / 2, y];
}

/** Where the name of a polygon stands: inside its largest part. Null for what has no area. */
export function middleOf(feature: Feature): Position | null {
  const geometry = feature.geometry;
  const rings =
    geometry?.type === "Polygon" ? [geometry.coordinates[0]] : geometry?.type === "MultiPolygon" ? geometry.coordinates.map((part) => part[0]) : [];
  const largest = rings.filter((ring) => ring !== undefined).sort((a, b) => Math.abs(twice(b)) - Math.abs(twice(a)))[0];
  if (!largest) return null;
  const middle = centroid(largest);
  return inside(middle, largest) ? middle : across(largest, middle[1] ?? 0);
}

/** One point for each polygon: the name of a polygon itself would come again in every tile. */
export function middles(data: FeatureCollection): FeatureCollection<Point> {
  const features = data.features.flatMap((one): Feature<Point>[] => {
    const at = middleOf(one);
    return at ? [{ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: one.properties }] : [];
  });
  return { type: "FeatureCollection", features };
}
