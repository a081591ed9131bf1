import type { ExpressionSpecification } from "maplibre-gl";
import type { FeatureCollection, Point } from "geojson";
import type { CaseFeatures, CaseRow } from "@/api";
import { FONT } from "./baseStyle";
import type { Box, MapLayer, Paint } from "./layer";

export type CasePoints = FeatureCollection<Point, { id: string; number: string; title: string; light: string; state: string }>;

const NAMES: Record<string, string> = { grey: "unknown", blue: "moving", green: "good", amber: "soon", red: "late" };

function byLight(paint: Paint): ExpressionSpecification {
  const pairs = Object.entries(NAMES).flatMap(([light, token]) => [light, paint(token)]);
  return ["match", ["get", "light"], ...pairs, paint("unknown")] as unknown as ExpressionSpecification;
}

/** The rows of a list as points of the map. */
export function pointsOf(rows: readonly CaseRow[]): CasePoints {
  const placed = rows.filter((row) => row.point !== null);
  return {
    type: "FeatureCollection",
    features: placed.map((row) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: row.point ?? [] },
      properties: { id: row.id, number: row.number, title: row.title, light: row.light, state: row.state },
    })),
  };
}

/** The box around points; null where there is none. */
export function boxAround(points: CasePoints): Box | null {
  const [lng, lat] = [0, 1].map((axis) => points.features.map((one) => one.geometry.coordinates[axis] ?? 0)) as [number[], number[]];
  return lng.length > 0 ? [Math.min(...lng), Math.min(...lat), Math.max(...lng), Math.max(...lat)] : null;
}

/** The server's points, with the id where the map can read it. */
export function pointsFrom(features: CaseFeatures): CasePoints {
  const points = features.features as unknown as CasePoints["features"];
  return { type: "FeatureCollection", features: points.map((one) => ({ ...one, properties: { ...one.properties, id: String(one.id) } })) };
}

/** Too many to send one by one: a circle for each cell, with how many are open, edged by whether any is late. */
export function caseCellsLayer(data: FeatureCollection, paint: Paint): MapLayer {
  return {
    id: "cases",
    sources: { "case-cells": { type: "geojson", data } },
    layers: [
      {
        id: "case-cells",
        type: "circle",
        source: "case-cells",
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["ln", ["max", 1, ["get", "count"]]], 0, 8, 7, 26],
          "circle-color": paint("surface"),
          "circle-opacity": 0.94,
          "circle-stroke-width": 2.5,
          "circle-stroke-color": ["case", [">", ["get", "late"], 0], paint("late"), paint("moving")],
        },
      },
      {
        id: "case-cells-count",
        type: "symbol",
        source: "case-cells",
        layout: { "text-field": ["to-string", ["get", "count"]], "text-font": FONT, "text-size": 12 },
        paint: { "text-color": paint("text") },
      },
    ],
  };
}

/** Cases as dots coloured by their light; many at one place gather in a circle that says how many, and how many late. */
export function casesLayer(data: CasePoints, paint: Paint): MapLayer {
  const single: ExpressionSpecification = ["!", ["has", "point_count"]];
  return {
    id: "cases",
    pick: ["cases-dot", "cases-cluster"],
    sources: {
      cases: {
        type: "geojson",
        data,
        cluster: true,
        clusterRadius: 42,
        clusterMaxZoom: 15,
        clusterProperties: { late: ["+", ["case", ["==", ["get", "light"], "red"], 1, 0]] },
      },
    },
    layers: [
      {
        id: "cases-cluster",
        type: "circle",
        source: "cases",
        filter: ["has", "point_count"],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "point_count"]], 0.7, 12, 7, 26],
          "circle-color": paint("surface"),
          "circle-opacity": 0.94,
          "circle-stroke-width": 2.5,
          "circle-stroke-color": ["case", [">", ["get", "late"], 0], paint("late"), paint("moving")],
        },
      },
      {
        id: "cases-count",
        type: "symbol",
        source: "cases",
        filter: ["has", "point_count"],
        layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 12, "text-allow-overlap": true },
        paint: { "text-color": paint("text") },
      },
      {
        id: "cases-dot",
        type: "circle",
        source: "cases",
        filter: single,
        paint: {
          "circle-radius": ["match", ["get", "light"], "red", 7, "amber", 6.5, 5.5],
          "circle-color": byLight(paint),
          "circle-stroke-width": 1.6,
          "circle-stroke-color": paint("surface"),
        },
      },
      {
        id: "cases-sign",
        type: "symbol",
        source: "cases",
        filter: ["all", single, ["in", ["get", "light"], ["literal", ["red", "amber"]]]],
        layout: { "text-field": "!", "text-font": FONT, "text-size": 10, "text-allow-overlap": true },
        paint: { "text-color": paint("surface") },
      },
    ],
  };
}
