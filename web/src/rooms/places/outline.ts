import type { Polygon } from "geojson";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import type { AreaRow } from "@/api";
import { http } from "@/shared/http/client";
import { crossesItself } from "@/shared/map/drawn";
import type { TownMap } from "@/shared/map/useMap";
import { useDrawing } from "@/shared/map/useDrawing";
import type { TownMapState } from "./useTownMap";

/** What a drawn outline becomes: an area of a level, or land that a scheme leaves out on purpose. */
export const GAP = "gap";

/** Draws a new area or an area's new outline, and sends it. The server checks it; what is wrong afterwards is shown. */
export function useOutline(town: TownMap, state: TownMapState) {
  const on = ref(false);
  const drawing = useDrawing(town, on);
  const changing = shallowRef<AreaRow | null>(null);
  const holes = shallowRef<Polygon["coordinates"]>([]);
  const given = reactive({ scheme: "", level: "", code: "", name: "", parent: "", by: "" });
  const levels = computed(() => state.schemes.value.find((one) => one.code === given.scheme)?.levels ?? []);
  const rank = computed(() => levels.value.find((one) => one.code === given.level)?.rank ?? 0);
  const above = computed(() => {
    const ranks = new Map(levels.value.map((one) => [one.code, one.rank]));
    return state.areas.value.filter((one) => one.scheme === given.scheme && (ranks.get(one.level) ?? 99) < rank.value && one.id !== changing.value?.id);
  });
  const crossed = computed(() => crossesItself(drawing.points.value));
  const complete = computed(() => drawing.points.value.length > 2 && !crossed.value && given.name.trim() !== "" && (given.level === GAP ? given.by.trim() !== "" : given.code.trim() !== "" && given.level !== ""));
  watch(() => [given.scheme, given.level], () => {
    if (!above.value.some((one) => one.id === given.parent)) given.parent = "";
  });

  function draw(): void {
    changing.value = null;
    holes.value = [];
    Object.assign(given, { scheme: state.schemes.value[0]?.code ?? "", level: "", code: "", name: "", parent: "", by: "" });
    drawing.begin();
  }
  /** The outline of an area that is there; one of several parts cannot be drawn by hand. */
  function redraw(area: AreaRow, polygon: Polygon): void {
    changing.value = area;
    holes.value = polygon.coordinates.slice(1);
    Object.assign(given, { scheme: area.scheme, level: area.level, code: area.code, name: area.name, parent: area.parent ?? "", by: "" });
    drawing.begin((polygon.coordinates[0] ?? []).slice(0, -1) as [number, number][]);
  }
  async function send(): Promise<number> {
    const ring = drawing.points.value;
    const polygon = { type: "Polygon", coordinates: [[...ring, ring[0]], ...holes.value] };
    if (given.level === GAP) await http.post("places/gaps", { scheme: given.scheme, name: given.name, managed_by: given.by, polygon });
    else {
      const { scheme, level, code, name, parent } = given;
      const body = { scheme, level, code, name, parent: parent || null, polygon };
      if (changing.value) await http.put(`places/areas/${changing.value.id}`, { ...body, expected: changing.value.version });
      else await http.post("places/areas", body);
    }
    drawing.end();
    return (await state.redrawn()).errors;
  }
  return { on, ...drawing, given, levels, above, changing, crossed, complete, draw, redraw, send };
}

export type Outline = ReturnType<typeof useOutline>;
