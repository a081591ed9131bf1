import type { Feature, FeatureCollection, Position } from "geojson";
import { pointsFrom } from "@/shared/map/cases";
import type { Box } from "@/shared/map/layer";
import type { Listed } from "./parts/PlaceList.vue";
import type { TownMapState } from "./useTownMap";

type Say1 = (properties: Record<string, unknown>) => string;
type Say = (key: string, params?: Record<string, unknown>) => string;

function* positions(coordinates: unknown): Generator<Position> {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === "number") yield coordinates as Position;
  else for (const inner of coordinates) yield* positions(inner);
}

/** The smallest box around a feature; null for one without a geometry. */
export function boxOf(feature: Feature): Box | null {
  const box: Box = [180, 90, -180, -90];
  let any = false;
  for (const [lng = 0, lat = 0] of positions((feature.geometry as { coordinates?: unknown } | null)?.coordinates)) {
    any = true;
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return any ? box : null;
}

function lines(kind: Listed["kind"], data: FeatureCollection | null, note: Say1, unnamed: Say1 = () => ""): Listed[] {
  return (data?.features ?? []).map((feature) => {
    const properties = feature.properties ?? {};
    const at = feature.geometry?.type === "Point" ? (feature.geometry.coordinates as [number, number]) : null;
    return { kind, id: String(properties.id), name: String(properties.name || properties.title || unnamed(properties)), note: note(properties), point: at, box: at ? null : boxOf(feature) };
  });
}

/** Square metres as people say them: 3.42 km² from a tenth of a square kilometre on. */
export function areaWords(squareMetres: number): string {
  return squareMetres >= 100_000 ? `${(squareMetres / 1e6).toFixed(2)} km²` : `${Math.round(squareMetres)} m²`;
}

/** Everything that the map shows, as lines. */
export function listOf(state: TownMapState, t: Say): Listed[] {
  const names = new Map(state.categories.value.map((one) => [one.code, one.name]));
  const kind = (one: Record<string, unknown>) => names.get(String(one.category)) ?? "";
  const facilities = lines("facilities", state.facilities.data.value, (one) => (one.name && one.name !== kind(one) ? kind(one) : String(one.plate ?? "")), kind);
  const cases = state.cases.data.value;
  const gaps = (state.shown.value.gaps && state.checks.value?.gaps) || [];
  return [
    ...lines("areas", state.outlines.data.value, (one) => areaWords(Number(one.square_metres ?? 0))),
    ...gaps.map((gap): Listed => ({ kind: "gaps", id: gap.id, name: gap.name, note: gap.managed_by, point: null, box: boxOf({ type: "Feature", geometry: gap.polygon as unknown as Feature["geometry"], properties: null }) })),
    ...lines("cases", cases && !cases.clustered ? pointsFrom(cases) : null, (one) => t(`light.${String(one.light)}`)),
    ...facilities,
  ];
}
