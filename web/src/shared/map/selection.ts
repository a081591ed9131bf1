import type { MapLayer, Paint } from "./layer";

/** A ring around the chosen point, drawn above everything, whether the point stands alone or in a cluster. */
export function selectionLayer(at: [number, number], paint: Paint): MapLayer {
  return {
    id: "selection",
    sources: { selection: { type: "geojson", data: { type: "Point", coordinates: at } } },
    layers: [
      {
        id: "selection",
        type: "circle",
        source: "selection",
        paint: {
          "circle-radius": 13,
          "circle-color": paint("accent"),
          "circle-opacity": 0.14,
          "circle-stroke-color": paint("accent"),
          "circle-stroke-width": 2.5,
        },
      },
    ],
  };
}
