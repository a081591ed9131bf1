import type { ExpressionSpecification } from "maplibre-gl";
import type { FeatureCollection, Point } from "geojson";
import type { PlanFeatures } from "@/api/plans";
import { FONT } from "@/shared/map/baseStyle";
import type { MapLayer, Paint } from "@/shared/map/layer";
import { TOKEN } from "../lights";

export interface TaskPlace {
  id: string;
  title: string;
  state: string;
  light: string;
  done: number;
  expected: number | null;
  counted: boolean;
  due_on: string | null;
  department: string | null;
  /** Place of the department among those shown, for its colour. */
  hue: number;
}
export type TaskPlaces = FeatureCollection<Point, TaskPlace>;
export type ColourBy = "light" | "department" | "time";

/** Colours for departments, apart for those who see red and green alike (Okabe and Ito); the last is for the rest. */
export const HUES = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8b94a2"] as const;

/** The departments with most places first: those beyond the palette share its last colour. */
export function departmentsOf(features: readonly { properties: Pick<TaskPlace, "department"> }[]): string[] {
  const counts = new Map<string, number>();
  for (const { properties } of features) if (properties.department) counts.set(properties.department, (counts.get(properties.department) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}

export function placesOf(found: PlanFeatures): TaskPlaces {
  const features = found.features as unknown as TaskPlaces["features"];
  const names = departmentsOf(features);
  const hue = (name: string | null) => (name === null || names.indexOf(name) >= HUES.length - 1 ? HUES.length - 1 : names.indexOf(name));
  return { type: "FeatureCollection", features: features.map((one) => ({ ...one, properties: { ...one.properties, id: String(one.id), hue: hue(one.properties.department) } })) };
}

/** Days left on which the colour turns, when coloured by time; a done task has none. */
export const NEAR = [0, 30, 90] as const;

function colour(by: ColourBy, today: string, paint: Paint): ExpressionSpecification {
  if (by === "department") return ["match", ["get", "hue"], ...HUES.flatMap((hue, n) => [n, hue]), HUES.at(-1)] as unknown as ExpressionSpecification;
  if (by === "light") return ["match", ["get", "light"], ...Object.entries(TOKEN).flatMap(([light, token]) => [light, paint(token)]), paint("unknown")] as unknown as ExpressionSpecification;
  const before = (days: number) => ["<", ["coalesce", ["get", "due_on"], "9999"], new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)];
  const done = ["in", ["get", "state"], ["literal", ["checked", "closed"]]];
  return ["case", done, paint("good"), before(NEAR[0]), paint("late"), before(NEAR[1]), paint("soon"), before(NEAR[2]), paint("moving"), paint("unknown")] as unknown as ExpressionSpecification;
}

/** Tasks that have a place, coloured by light, department or what time is left; red ones larger and marked, never by colour alone. */
export function tasksLayer(data: TaskPlaces, by: ColourBy, today: string, paint: Paint): MapLayer {
  const fill = colour(by, today, paint);
  return {
    id: "plan-tasks",
    pick: ["plan-tasks-dot"],
    sources: { "plan-tasks": { type: "geojson", data } },
    layers: [
      {
        id: "plan-tasks-dot",
        type: "circle",
        source: "plan-tasks",
        paint: { "circle-radius": ["match", ["get", "light"], "red", 11, "yellow", 9.5, 8], "circle-color": fill, "circle-stroke-width": 2, "circle-stroke-color": paint("surface") },
      },
      {
        id: "plan-tasks-sign",
        type: "symbol",
        source: "plan-tasks",
        filter: ["in", ["get", "light"], ["literal", ["red", "yellow"]]],
        layout: { "text-field": "!", "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
        paint: { "text-color": paint("surface") },
      },
      {
        id: "plan-tasks-name",
        type: "symbol",
        source: "plan-tasks",
        layout: { "text-field": ["slice", ["get", "title"], 0, 18], "text-font": FONT, "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.9], "text-max-width": 10, "text-optional": true },
        paint: { "text-color": paint("map-label"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.4 },
      },
    ],
  };
}
