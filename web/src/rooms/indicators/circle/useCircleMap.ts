import type { FeatureCollection } from "geojson";
import type { MapMouseEvent } from "maplibre-gl";
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import type { ReachCard } from "@/api/circle";
import { http } from "@/shared/http/client";
import type { TownMap } from "@/shared/map/useMap";
import { useResource } from "@/shared/states/useResource";
import { HOMES, homesLayer } from "../layers/homes";
import { reachLayer } from "../layers/reachCard";
import { sitesLayer, type Site } from "../layers/sites";
import { differing } from "./reach";
import type { CircleState } from "./useCircle";

type Point = [number, number];
export type Mode = "look" | "add" | "gate" | "street";

/** The home under the pointer: its number in the arrays, and what it is called. */
export interface Hovered {
  home: number;
  name: string;
  compound: string;
  people: number;
  x: number;
  y: number;
}

/** The life circle on the map: homes repainted as figures change, facilities dragged, an address asked. */
export function useCircleMap(state: CircleState, card: Ref<ReachCard | null>, category: Ref<string | null>) {
  const town = shallowRef<TownMap | null>(null);
  const mode = ref<Mode>("look");
  const hovered = shallowRef<Hovered | null>(null);
  const chosen = ref<string | null>(null);
  const kinds = computed(() => state.kinds.value.join());
  const standing = useResource<FeatureCollection | null>(async (signal) => (state.kinds.value.length > 0 && state.kinds.value.length <= 3 ? http.get("places/facilities.geojson", { category: state.kinds.value }, signal) : null), () => kinds.value);
  const signs = computed(() => Object.fromEntries(state.rows.value.map((one) => [one.category, one.zh.slice(0, 1)])));

  /** What stands, with what is tried of it, and what is new. */
  const sites = computed<Site[]>(() => {
    const list = state.draft.value ? [...state.changes.value, state.draft.value] : state.changes.value;
    const moved = new Map(list.filter((one) => one.act === "move").map((one) => [one.facility, one.point]));
    const closed = new Set(list.filter((one) => one.act === "close").map((one) => one.facility));
    const stands = (standing.data.value?.features ?? []).flatMap((one): Site[] => {
      const said = one.properties as { id: string; name: string; category: string; state: string };
      if (one.geometry.type !== "Point" || said.state === "removed") return [];
      const point = moved.get(said.id) ?? (one.geometry.coordinates as Point);
      const kind = closed.has(said.id) || said.state !== "in_service" ? "closed" : moved.has(said.id) ? "tried" : "stands";
      return [{ id: said.id, name: said.name, kind, sign: signs.value[said.category] ?? "", point }];
    });
    const added = list.flatMap((one, index): Site[] => (one.act === "add" && one.point ? [{ id: `new-${index}`, name: one.name ?? "", kind: "tried", sign: signs.value[one.category ?? ""] ?? "+", point: one.point }] : []));
    return [...stands, ...added];
  });

  let drawn: Uint8Array | null = null;
  function repaint(): void {
    const map = town.value?.map.value;
    if (!map?.getSource(HOMES) || state.painted.value.length === 0) return;
    for (const home of differing(drawn, state.painted.value)) map.setFeatureState({ source: HOMES, id: home }, { k: state.painted.value[home] });
    drawn = state.painted.value;
  }

  const under = (event: MapMouseEvent, layer: string) => (town.value?.map.value?.getLayer(layer) ? town.value.map.value.queryRenderedFeatures(event.point, { layers: [layer] })[0] : undefined);
  function hover(event: MapMouseEvent): void {
    const found = under(event, "homes-fill");
    const said = found?.properties as { n: string; c: string; p: number } | undefined;
    hovered.value = found && said ? { home: Number(found.id), name: said.n, compound: said.c, people: said.p, x: event.point.x, y: event.point.y } : null;
  }

  /** Dragging a facility: the figures follow it, and where it is dropped it stays. */
  function press(event: MapMouseEvent): void {
    const id = String(under(event, "sites-dot")?.properties.id ?? "");
    const map = town.value?.map.value;
    if (!id || !map) return;
    event.preventDefault();
    const place = id.startsWith("new-") ? Number(id.slice(4)) : -1;
    const base = state.changes.value[place];
    let at: Point | null = null;
    const move = (to: MapMouseEvent) => {
      at = to.lngLat.toArray() as Point;
      if (!base) state.draft.value = { act: "move", facility: id, name: sites.value.find((one) => one.id === id)?.name, point: at };
      else state.changes.value = state.changes.value.with(place, { ...base, point: at });
    };
    map.on("mousemove", move);
    void map.once("mouseup", () => {
      map.off("mousemove", move);
      const last = state.draft.value;
      state.draft.value = null;
      if (last) state.change(last);
      else if (!at) chosen.value = id;
    });
  }

  function clicked(event: MapMouseEvent): void {
    const point = event.lngLat.toArray() as Point;
    if (under(event, "sites-dot")) return;
    if (mode.value === "add") add(point);
    else if (mode.value === "look") state.at.value = point;
    else state.change({ act: mode.value, point, opened: mode.value === "gate" });
    mode.value = "look";
  }
  const add = (point: Point) => state.change({ act: "add", category: state.kinds.value[0] ?? "childcare", point, capacity: 60 });

  function use(made: TownMap): void {
    town.value = made;
    watch(state.homes.data, (data) => {
      drawn = null;
      if (data) made.show(HOMES, (paint) => homesLayer(data, paint));
    }, { immediate: true });
    watch([made.map, made.ready], ([map]) => {
      map?.on("mousemove", hover);
      map?.on("mousedown", press);
      map?.on("click", clicked);
      // A change of theme makes the sources anew: what was painted is gone.
      map?.on("style.load", () => { drawn = null; });
      map?.on("sourcedata", (event) => event.sourceId === HOMES && event.isSourceLoaded && repaint());
    }, { once: true });
    watch(state.painted, repaint);
    watch(sites, (all) => made.show("sites", all.length > 0 ? (paint) => sitesLayer(all, paint) : null), { immediate: true });
    watch([card, category], ([data, of]) => made.show("reach-card", data ? (paint) => reachLayer(data, of, paint) : null), { immediate: true });
    watch(state.at, (at) => made.select(at), { immediate: true });
  }
  onScopeDispose(() => (town.value = null));

  /** The place on the ground below a point of the window: a thing dragged from the panel is dropped there. */
  function ground(event: DragEvent): Point | null {
    const map = town.value?.map.value;
    if (!map) return null;
    const box = map.getCanvas().getBoundingClientRect();
    const scale = box.width / map.getCanvas().clientWidth || 1;
    return map.unproject([(event.clientX - box.left) / scale, (event.clientY - box.top) / scale]).toArray() as Point;
  }
  return { setMode: (to: Mode) => (mode.value = to), choose: (id: string | null) => (chosen.value = id), use, mode, hovered, chosen, sites, ground, add, town };
}

export type CircleMap = ReturnType<typeof useCircleMap>;
