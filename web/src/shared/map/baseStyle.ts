import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { BaseMap } from "@/api";
import type { Paint } from "./layer";

/** The first layer of names: what is drawn `under` goes below it. */
export const LABELS = "base-street-name";
export const BUILDINGS_3D = "base-building-3d";
export const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"];
const SOURCE = "base";

const MAIN = ["motorway", "trunk", "primary"];
const MIDDLE = ["secondary", "tertiary"];
const SMALL = ["residential", "living_street", "unclassified", "service", "pedestrian"];
const PATHS = ["footway", "path", "steps", "cycleway", "track"];

const width = (narrow: number, wide: number): ExpressionSpecification => [
  "interpolate", ["exponential", 1.6], ["zoom"], 11, narrow * 0.35, 14, narrow, 18, wide,
];
const ofKind = (kinds: string[]): ExpressionSpecification => ["in", ["get", "kind"], ["literal", kinds]];

function ground(paint: Paint): LayerSpecification[] {
  const flat = (id: string, layer: string, color: string): LayerSpecification => ({
    id, type: "fill", source: SOURCE, "source-layer": layer, paint: { "fill-color": paint(color), "fill-antialias": false },
    filter: ["==", ["geometry-type"], "Polygon"],
  });
  return [
    { id: "base-land", type: "background", paint: { "background-color": paint("map-land") } },
    flat("base-block", "land", "map-block"),
    flat("base-green", "green", "map-green"),
    flat("base-water", "water", "map-water"),
    {
      id: "base-river", type: "line", source: SOURCE, "source-layer": "water", filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": paint("map-water"), "line-width": width(2, 12) },
    },
  ];
}

function street(id: string, kinds: string[], narrow: number, wide: number, colors: [string, string], paint: Paint): LayerSpecification[] {
  const common = { source: SOURCE, "source-layer": "streets", filter: ofKind(kinds), layout: { "line-cap": "round", "line-join": "round" } } as const;
  return [
    { id: `base-${id}-edge`, type: "line", ...common, paint: { "line-color": paint(colors[1]), "line-width": width(narrow + 1.4, wide + 2) } },
    { id: `base-${id}`, type: "line", ...common, paint: { "line-color": paint(colors[0]), "line-width": width(narrow, wide) } },
  ];
}

function streets(paint: Paint): LayerSpecification[] {
  const plain: [string, string] = ["map-road", "map-road-edge"];
  const main: [string, string] = ["map-main", "map-main-edge"];
  const [smallEdge, small] = street("small", SMALL, 1.4, 12, plain, paint);
  const [middleEdge, middle] = street("middle", MIDDLE, 3, 20, plain, paint);
  const [mainEdge, mainFill] = street("main", MAIN, 4, 26, main, paint);
  const path: LayerSpecification = {
    id: "base-path", type: "line", source: SOURCE, "source-layer": "streets", filter: ofKind(PATHS), minzoom: 14.5,
    paint: { "line-color": paint("map-road"), "line-width": width(0.8, 3), "line-dasharray": [2, 1.5] },
  };
  const rail: LayerSpecification = {
    id: "base-rail", type: "line", source: SOURCE, "source-layer": "rail",
    paint: { "line-color": paint("map-rail"), "line-width": width(1.4, 4), "line-dasharray": [4, 1.5] },
  };
  // All edges first, so that crossings are open.
  return [path, smallEdge, middleEdge, mainEdge, small, middle, mainFill, rail].filter((layer) => layer !== undefined);
}

function buildings(paint: Paint): LayerSpecification[] {
  return [
    {
      id: "base-building", type: "fill", source: SOURCE, "source-layer": "buildings", minzoom: 13.5,
      paint: { "fill-color": paint("map-building"), "fill-outline-color": paint("map-building-edge") },
    },
    {
      id: BUILDINGS_3D, type: "fill-extrusion", source: SOURCE, "source-layer": "buildings", minzoom: 13.5, layout: { visibility: "none" },
      paint: {
        "fill-extrusion-color": ["interpolate", ["linear"], ["coalesce", ["get", "height"], 6], 0, paint("map-building"), 60, paint("map-building-edge")],
        "fill-extrusion-height": ["coalesce", ["get", "height"], 6],
        "fill-extrusion-opacity": 0.92,
        "fill-extrusion-vertical-gradient": true,
      },
    },
  ];
}

function name(id: string, kinds: string[], from: number, [small, large]: [number, number], paint: Paint): LayerSpecification {
  return {
    id, type: "symbol", source: SOURCE, "source-layer": "labels", minzoom: from, filter: ofKind(kinds),
    layout: {
      "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 12, small, 17, large],
      "text-max-width": 8, "text-padding": 12, "symbol-sort-key": ["coalesce", ["get", "rank"], 9],
    },
    paint: { "text-color": paint("map-label"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.4 },
  };
}

function names(paint: Paint): LayerSpecification[] {
  const halo = { "text-color": paint("map-label"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.4 };
  return [
    {
      id: LABELS, type: "symbol", source: SOURCE, "source-layer": "streets", minzoom: 13, filter: ["has", "name"],
      layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 13, 10, 17, 13], "symbol-spacing": 320 },
      paint: halo,
    },
    name("base-name-area", ["area"], 12.6, [12, 14], paint),
    name("base-name-ground", ["ground"], 14, [11, 12.5], paint),
    name("base-name-place", ["compound", "facility"], 14.6, [11, 12.5], paint),
  ];
}

/** The town's own base map. Without tiles only the land's colour stands, and live layers are drawn on it. */
export function baseStyle(base: BaseMap, paint: Paint): StyleSpecification {
  const land = ground(paint);
  if (base.wmts) return government(base.wmts, land.slice(0, 1));
  if (!base.tiles) return { version: 8, sources: {}, layers: land.slice(0, 1) };
  return {
    version: 8,
    // No `glyphs`: MapLibre then draws every letter, Latin too, from the fonts of the device.
    sources: { [SOURCE]: { type: "vector", url: `pmtiles://${new URL(base.tiles, location.origin).href}` } },
    layers: [...land, ...buildings(paint).slice(0, 1), ...streets(paint), ...buildings(paint).slice(1), ...names(paint)],
  };
}

/** A government map service instead of our own tiles; its number of review is shown with the attribution. */
function government(url: string, land: LayerSpecification[]): StyleSpecification {
  return {
    version: 8,
    sources: { [SOURCE]: { type: "raster", tiles: [url], tileSize: 256 } },
    layers: [...land, { id: "base-government", type: "raster", source: SOURCE }],
  };
}
