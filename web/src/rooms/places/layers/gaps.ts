import type { FeatureCollection, Polygon } from "geojson";
import type { AreaChecks } from "@/api";
import { FONT } from "@/shared/map/baseStyle";
import type { MapLayer, Paint } from "@/shared/map/layer";
import { middles } from "@/shared/map/middle";

/** Gaps and flaws as features: `kind` is gap (named, managed by somebody) or what is wrong. */
export function gapFeatures(checks: AreaChecks, scheme: string | null): FeatureCollection {
  const of = (one: { scheme: string }) => scheme === null || one.scheme === scheme;
  const gaps = checks.gaps.filter(of).map((gap) => ({
    type: "Feature" as const,
    geometry: gap.polygon as unknown as Polygon,
    properties: { id: gap.id, kind: "gap", name: gap.name, by: gap.managed_by },
  }));
  const flaws = checks.flaws.filter(of).map((flaw, index) => ({
    type: "Feature" as const,
    geometry: flaw.polygon as unknown as Polygon,
    properties: { id: `flaw-${index}`, kind: flaw.kind === "gap" ? "hole" : flaw.kind, name: "", by: "" },
  }));
  return { type: "FeatureCollection", features: [...gaps, ...flaws] };
}

/** Land that a scheme leaves out: named gaps with who manages them, and mistakes in the state colour of late. */
export function gapsLayer(data: FeatureCollection, paint: Paint): MapLayer {
  return {
    id: "gaps",
    pick: ["gaps-fill"],
    sources: { gaps: { type: "geojson", data }, "gaps-middle": { type: "geojson", data: middles(data) } },
    layers: [
      { id: "gaps-fill", type: "fill", source: "gaps", paint: { "fill-color": ["match", ["get", "kind"], "gap", paint("unknown"), paint("late")], "fill-opacity": 0.24 } },
      { id: "gaps-line", type: "line", source: "gaps", paint: { "line-color": ["match", ["get", "kind"], "gap", paint("unknown"), paint("late")], "line-width": 1.6, "line-dasharray": [3, 2] } },
      {
        id: "gaps-name",
        type: "symbol",
        source: "gaps-middle",
        filter: ["==", ["get", "kind"], "gap"],
        layout: { "text-field": ["format", ["get", "name"], {}, "\n", {}, ["get", "by"], { "font-scale": 0.85 }], "text-font": FONT, "text-size": 12, "text-padding": 6 },
        paint: { "text-color": paint("text-2"), "text-halo-color": paint("map-halo"), "text-halo-width": 1.5 },
      },
    ],
  };
}
