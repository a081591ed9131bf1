import { describe, expect, it } from "vitest";
import type { CaseRow } from "@/api";
import { casesLayer, pointsOf } from "./cases";

const row = (id: string, point: [number, number] | null) => ({ id, number: `YA-${id}`, title: "井盖破损", light: "red", state: "filed", point }) as unknown as CaseRow;

describe("cases on the map", () => {
  it("leave out what has no place", () => {
    expect(pointsOf([row("1", [121.2, 31.4]), row("2", null)]).features.map((one) => one.properties.id)).toEqual(["1"]);
  });

  it("take every colour from the tokens", () => {
    const asked: string[] = [];
    const layer = casesLayer(pointsOf([]), (token) => (asked.push(token), `#${token}`));
    expect(JSON.stringify(layer.layers)).not.toMatch(/#[0-9a-f]{3,6}"/);
    expect(asked).toEqual(expect.arrayContaining(["late", "soon", "good", "moving", "unknown"]));
    expect(layer.pick?.every((id) => layer.layers.some((one) => one.id === id))).toBe(true);
  });
});
