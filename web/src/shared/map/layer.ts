import type { FilterSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";

/**
 * A layer of the map is a function from data to this: sources and drawing rules, nothing else. `pick` names the drawing
 * rules whose features can be chosen; `under` puts it below the labels of the base map.
 */
export interface MapLayer {
  id: string;
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
  pick?: readonly string[];
  under?: boolean;
  /** Rules of the base map that this layer says better itself. */
  hides?: readonly string[];
}

/** What was chosen on the map: the layer's drawing rule, and the feature's properties. */
export interface Picked {
  layer: string;
  id: string;
  properties: Record<string, unknown>;
  at: [number, number];
}

export type Box = [west: number, south: number, east: number, north: number];

/** Map colours come from the tokens at the time of drawing: a theme change draws the layers anew. */
export type Paint = (token: string) => string;
export type LayerMaker<Data> = (data: Data, paint: Paint) => MapLayer;
export type { FilterSpecification };
