import { describe, expect, it } from "vitest";
import { csv } from "./csv";

describe("a table as CSV", () => {
  it("opens in a spreadsheet as it stands, and runs nothing", () => {
    expect(csv(["编号", "描述"], [["YA-1", '井盖"响",夜里'], ["=1+1", null], ["x", -3]])).toBe(
      '\uFEFF编号,描述\r\nYA-1,"井盖""响"",夜里"\r\n\'=1+1,\r\nx,-3\r\n',
    );
  });
});
