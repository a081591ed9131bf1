type Point = [number, number];

interface Placed {
  point: Point | null;
}

const METRES = 111_320;

/** Metres between two points (longitude, latitude), good for the size of a town. */
export function metres(a: Point, b: Point): number {
  const x = (b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot(x, b[1] - a[1]) * METRES;
}

/** Tasks in the order of a walk: always on to the nearest that is left. Those without a place come last, as they were. */
export function inWalkingOrder<T extends Placed>(tasks: readonly T[], from: Point | null): T[] {
  const left = tasks.filter((task) => task.point !== null);
  const nowhere = tasks.filter((task) => task.point === null);
  const walk: T[] = [];
  let here = from ?? left[0]?.point ?? null;
  while (left.length > 0 && here) {
    const at = here;
    const distances = left.map((task) => metres(at, task.point as Point));
    const [next] = left.splice(distances.indexOf(Math.min(...distances)), 1);
    if (!next) break;
    walk.push(next);
    here = next.point;
  }
  return [...walk, ...nowhere];
}
