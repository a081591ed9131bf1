import { describe, expect, it } from "vitest";
import { entriesOf, linesOf } from "./evidence";

describe("an evidence list as lines", () => {
  it("is read back as it was written", () => {
    const entries = [{ name: "绿地率台账", required: true }, { name: "媒体报道", required: false }];
    expect(entriesOf(linesOf(entries))).toEqual(entries);
  });
  it("leaves out empty lines and names that stand twice", () => {
    expect(entriesOf(" 台账 \n\n台账\n*\n")).toEqual([{ name: "台账", required: true }]);
  });
});
