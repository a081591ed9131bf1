import type { MapMouseEvent, MapTouchEvent } from "maplibre-gl";
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from "vue";
import { drawnLayer, nearestEdge } from "./drawn";
import { squareMetres } from "./measure";
import type { TownMap } from "./useMap";

type Point = [number, number];

export interface Drawing {
  points: Ref<Point[]>;
  /** The corner that is chosen; it can be moved and taken away. */
  corner: Ref<number | null>;
  area: ComputedRef<number>;
  begin: (ring?: Point[]) => void;
  undo: () => void;
  remove: () => void;
  end: () => void;
}

/** Draws one ring: a click adds a corner (on the nearest edge once there is a ring), a corner is dragged or taken away. */
export function useDrawing(town: TownMap, on: Ref<boolean>): Drawing {
  const points = ref<Point[]>([]);
  const corner = ref<number | null>(null);
  const before: Point[][] = [];
  let dragged = false;

  function change(to: Point[]): void {
    before.push(points.value);
    points.value = to;
  }
  const cornerAt = (event: MapMouseEvent | MapTouchEvent) => {
    const [found] = town.map.value?.getLayer("drawn-corner") ? (town.map.value.queryRenderedFeatures(event.point, { layers: ["drawn-corner"] }) ?? []) : [];
    return found ? Number(found.properties.index) : null;
  };
  function clicked(event: MapMouseEvent): void {
    if (dragged) return void (dragged = false);
    corner.value = cornerAt(event);
    if (corner.value !== null) return;
    const at = event.lngLat.toArray() as Point;
    const place = nearestEdge(points.value, at);
    change(points.value.toSpliced(place, 0, at));
  }
  function pressed(event: MapMouseEvent | MapTouchEvent): void {
    const index = cornerAt(event);
    const map = town.map.value;
    if (index === null || !map) return;
    event.preventDefault();
    corner.value = index;
    const start = points.value;
    const move = (to: MapMouseEvent | MapTouchEvent) => {
      dragged = true;
      points.value = start.with(index, to.lngLat.toArray() as Point);
    };
    const drop = () => {
      map.off("mousemove", move);
      map.off("touchmove", move);
      if (points.value !== start) before.push(start);
    };
    map.on("mousemove", move);
    map.on("touchmove", move);
    void map.once("mouseup", drop);
    void map.once("touchend", drop);
  }
  const stops: { unsubscribe: () => void }[] = [];
  function attach(now: boolean): void {
    for (const one of stops.splice(0)) one.unsubscribe();
    const map = town.map.value;
    if (now && map) stops.push(map.on("click", clicked), map.on("mousedown", pressed), map.on("touchstart", pressed));
  }
  watch(on, attach);
  watch([points, corner, on], () => town.show("drawn", on.value && points.value.length > 0 ? (paint) => drawnLayer(points.value, corner.value, paint) : null));
  onScopeDispose(() => attach(false));
  return {
    points,
    corner,
    area: computed(() => squareMetres(points.value)),
    begin: (ring = []) => {
      before.length = 0;
      corner.value = null;
      points.value = ring;
      on.value = true;
    },
    undo: () => (points.value = before.pop() ?? points.value),
    remove: () => {
      if (corner.value !== null) change(points.value.toSpliced(corner.value, 1));
      corner.value = null;
    },
    end: () => {
      on.value = false;
      points.value = [];
    },
  };
}
