import { describe, expect, it } from "vitest";
import { lengthWords, metres, squareMetres } from "./measure";

describe("measuring on the map", () => {
  it("knows a minute of latitude and a square kilometre", () => {
    expect(metres([[121, 31], [121, 31 + 1 / 60]])).toBeCloseTo(1853.2, 0);
    const north = 1000 / 111_195;
    const east = north / Math.cos((31.4 * Math.PI) / 180);
    expect(squareMetres([[121, 31.4], [121 + east, 31.4], [121 + east, 31.4 + north], [121, 31.4 + north]]) / 1e6).toBeCloseTo(1, 2);
  });

  it("adds up along the line and needs three points for an area", () => {
    expect(metres([[121, 31]])).toBe(0);
    expect(squareMetres([[121, 31], [122, 31]])).toBe(0);
    expect([lengthWords(999.4), lengthWords(1234)]).toEqual(["999 m", "1.23 km"]);
  });
});
