import "maplibre-gl/dist/maplibre-gl.css";
import { addProtocol, Map as GlMap, ScaleControl, setWorkerUrl, type MapMouseEvent, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { Protocol } from "pmtiles";
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import type { BaseMap } from "@/api";
import { http } from "@/shared/http/client";
import { token, useTheme } from "@/shared/theme";
import { baseStyle, LABELS } from "./baseStyle";
import type { Box, MapLayer, Paint, Picked } from "./layer";
import { selectionLayer } from "./selection";

setWorkerUrl(workerUrl);
addProtocol("pmtiles", new Protocol().tile);

let base: Promise<BaseMap> | null = null;

/** The base map's sources; asked once, and again only if that failed. */
function baseMap(): Promise<BaseMap> {
  base ??= http.get<BaseMap>("places/base.json").catch((error: unknown) => {
    base = null;
    throw error;
  });
  return base;
}

export interface TownMap {
  map: ShallowRef<GlMap | null>;
  /** True once the first picture stands. */
  ready: Ref<boolean>;
  failed: Ref<unknown>;
  /** Draws a layer, or draws it anew with other data. `null` takes it away. */
  show: (id: string, make: ((paint: Paint) => MapLayer) | null) => void;
  /** Rings a point as the one that the list beside it has chosen. */
  select: (at: [number, number] | null) => void;
  fit: (box: Box) => void;
  fly: (at: [number, number], zoom?: number) => void;
}

export interface MapOptions {
  pick?: (picked: Picked | null) => void;
  click?: (at: [number, number]) => void;
  moved?: (box: Box, zoom: number) => void;
}

type Maker = (paint: Paint) => MapLayer;

/** Keeps the drawn layers in step with what is wanted, across theme changes, which replace the whole style. */
class Layers {
  private readonly wanted = new Map<string, Maker>();
  private readonly drawn = new Map<string, MapLayer>();
  private styled = false;

  constructor(private readonly map: GlMap) {
    // Fires once for every whole style: at first, and after each change of theme.
    map.on("style.load", () => {
      this.styled = true;
      this.drawn.clear();
      for (const id of this.wanted.keys()) this.draw(id);
    });
  }

  /** A new style is on its way: until it stands nothing can be drawn. */
  unstyled(): void {
    this.styled = false;
  }

  want(id: string, make: Maker | null): void {
    if (make) this.wanted.set(id, make);
    else this.wanted.delete(id);
    if (this.styled) this.draw(id);
  }

  get pickable(): string[] {
    return [...this.drawn.values()].flatMap((layer) => layer.pick ?? []).filter((id) => this.map.getLayer(id));
  }

  private draw(id: string): void {
    const before = this.drawn.get(id);
    const made = this.wanted.get(id)?.(token);
    if (before && made && this.setData(made)) return void this.drawn.set(id, made);
    if (before) this.remove(before);
    this.drawn.delete(id);
    if (made) this.add(made);
  }

  /** New data in the same sources needs no new layers. */
  private setData(made: MapLayer): boolean {
    return Object.entries(made.sources).every(([name, source]) => {
      const here = this.map.getSource(name);
      if (source.type !== "geojson" || here?.type !== "geojson") return false;
      (here as unknown as { setData: (data: unknown) => void }).setData(source.data);
      return true;
    });
  }

  private add(made: MapLayer): void {
    for (const [name, source] of Object.entries(made.sources)) {
      if (!this.map.getSource(name)) this.map.addSource(name, source);
    }
    const below = made.under && this.map.getLayer(LABELS) ? LABELS : undefined;
    for (const layer of made.layers) if (!this.map.getLayer(layer.id)) this.map.addLayer(layer, below);
    this.drawn.set(made.id, made);
    this.veil(made, "none");
    if (made.id !== "selection" && this.map.getLayer("selection")) this.map.moveLayer("selection");
  }

  /** What a layer says better itself, the base map need not say too. */
  private veil(made: MapLayer, visibility: "none" | "visible"): void {
    for (const id of made.hides ?? []) if (this.map.getLayer(id)) this.map.setLayoutProperty(id, "visibility", visibility);
  }

  private remove(made: MapLayer): void {
    this.veil(made, "visible");
    for (const layer of made.layers) if (this.map.getLayer(layer.id)) this.map.removeLayer(layer.id);
    for (const name of Object.keys(made.sources)) if (this.map.getSource(name)) this.map.removeSource(name);
  }
}

function boxOf(map: GlMap): Box {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

function create(container: HTMLElement, style: StyleSpecification, from: BaseMap): GlMap {
  const map = new GlMap({
    container,
    style,
    bounds: from.bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: { compact: true, customAttribution: [from.attribution, from.review_number].filter(Boolean).join(" · ") },
    localIdeographFontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
    canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
    maxPitch: 65,
    pixelRatio: devicePixelRatio * (Number(token("scale")) || 1),
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
  });
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  return map;
}

function listen(map: GlMap, layers: Layers, options: MapOptions): void {
  const under = (event: MapMouseEvent) => {
    const ids = layers.pickable;
    return ids.length > 0 ? map.queryRenderedFeatures(event.point, { layers: ids })[0] : undefined;
  };
  map.on("click", (event) => {
    const feature = under(event);
    const at = event.lngLat.toArray() as [number, number];
    options.click?.(at);
    if (!feature) return options.pick?.(null);
    if (feature.properties.cluster) return map.easeTo({ center: at, zoom: Math.min(map.getZoom() + 2, 18) }) && undefined;
    options.pick?.({ layer: feature.layer.id, id: String(feature.properties.id ?? feature.id ?? ""), properties: feature.properties, at });
  });
  map.on("mousemove", (event) => (map.getCanvas().style.cursor = options.click || under(event) ? "pointer" : ""));
  const moved = () => options.moved?.(boxOf(map), map.getZoom());
  map.on("moveend", moved);
  map.once("load", moved);
}

/** The one way to a map: base map from the server's own tiles, layers as functions, one selection. */
export function useMap(container: Readonly<Ref<HTMLElement | null>>, options: MapOptions = {}): TownMap {
  const map = shallowRef<GlMap | null>(null);
  const ready = ref(false);
  const failed = shallowRef<unknown>(null);
  const theme = useTheme();
  let layers: Layers | null = null;
  let gone = false;

  async function start(element: HTMLElement): Promise<void> {
    const from = await baseMap();
    if (gone) return;
    const made = create(element, baseStyle(from, token), from);
    layers = new Layers(made);
    for (const [id, make] of waiting) layers.want(id, make);
    listen(made, layers, options);
    made.once("idle", () => (ready.value = true));
    map.value = made;
  }

  const waiting = new Map<string, Maker | null>();
  const show: TownMap["show"] = (id, make) => {
    waiting.set(id, make);
    layers?.want(id, make);
  };
  watch(container, (element) => {
    if (element && !map.value) start(element).catch((error: unknown) => (failed.value = error));
  }, { immediate: true, flush: "post" });
  watch(theme, async () => {
    if (!map.value) return;
    const style = baseStyle(await baseMap(), token);
    layers?.unstyled();
    map.value?.setStyle(style, { diff: false });
  });
  onScopeDispose(() => {
    gone = true;
    map.value?.remove();
  });
  return {
    map,
    ready,
    failed,
    show,
    select: (at) => show("selection", at ? (paint) => selectionLayer(at, paint) : null),
    fit: (box) => map.value?.fitBounds(box, { padding: 48, maxZoom: 17 }),
    fly: (at, zoom) => map.value?.easeTo({ center: at, zoom: Math.max(map.value.getZoom(), zoom ?? 15.5), duration: 400 }),
  };
}
