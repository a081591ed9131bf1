import { describe, expect, it } from "vitest";
import type { ImportReading } from "@/api";
import { choicesOf, mapsWith } from "./importing";

describe("the columns of a file", () => {
  const reading = { headings: ["名称", "经度", "备注"], columns: { name: "名称", lng: "经度" }, sure: { name: 0.98 } } as unknown as ImportReading;

  it("show what each was taken for, and how sure that is", () => {
    expect(choicesOf(reading)).toEqual([
      { heading: "名称", field: "name", sure: 0.98 },
      { heading: "经度", field: "lng", sure: null },
      { heading: "备注", field: "", sure: null },
    ]);
  });

  it("are corrected one by one; the last word counts", () => {
    const once = mapsWith([], "备注", "address");
    expect(mapsWith(once, "备注", "")).toEqual(["备注="]);
    expect(mapsWith(once, "名称", "")).toEqual(["备注=address", "名称="]);
  });
});
