import { describe, expect, it } from "vitest";
import { choicesOf, choicesText, columnAfter, draftOf, given } from "./registerShape";

describe("a register as it is written", () => {
  it("keeps the words of a choice through its text", () => {
    const words: [string, string, string][] = [["done", "已完成", "done"], ["A", "A", ""], ["no", "未完成", ""]];
    expect(choicesOf(choicesText(words))).toEqual(words);
    expect(choicesOf(" 甲 \n\n乙=乙类")).toEqual([["甲", "甲", ""], ["乙", "乙类", ""]]);
  });
  it("gives a new column a code of its own", () => {
    const first = columnAfter([]);
    const third = { ...first, name: "column_3" };
    expect(columnAfter([first, third]).name).toBe("column_4");
  });
  it("sends words for a choice alone", () => {
    const draft = draftOf(null);
    draft.columns[0] = { ...columnAfter([]), choices: "甲" };
    expect(given(draft).columns).toMatchObject([{ kind: "text", words: [] }]);
    draft.columns[0].kind = "choice";
    expect(given(draft).columns).toMatchObject([{ words: [["甲", "甲", ""]] }]);
  });
});
