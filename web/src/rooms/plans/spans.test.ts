import { describe, expect, it } from "vitest";
import { linesOf as drawn, type Mark } from "./spans";

const linesOf = (text: string, rows: number[][], marks: Mark[], headings: Map<number, number>) =>
  drawn(rows.map(([start = 0, end = 0, page = 1]) => ({ start, end, page, text: text.slice(start, end) })), marks, headings);
const TEXT = "一、总体目标\n新建口袋公园 5 个，完成小区改造。";
const LINES = [[0, 6, 1], [7, TEXT.length, 1]];
const marks: Mark[] = [
  { id: "t1", kind: "task", spans: [[7, TEXT.length]] },
  { id: "g1", kind: "target", spans: [[13, 16]] },
];

describe("the document beside its items", () => {
  const lines = linesOf(TEXT, LINES, marks, new Map([[0, 1]]));

  it("shows every word once, in order", () => {
    expect(lines.map((line) => line.pieces.map((piece) => piece.text).join(""))).toEqual(["一、总体目标", TEXT.slice(7)]);
  });

  it("knows headings from running text", () => {
    expect(lines.map((line) => line.level)).toEqual([1, 0]);
  });

  it("marks words of several items with all of them, and shows the narrower kind", () => {
    const both = lines[1]?.pieces.find((piece) => piece.items === "t1 g1");
    expect(both).toMatchObject({ start: 13, kind: "target", text: TEXT.slice(13, 16) });
    expect(lines[0]?.pieces[0]?.items).toBe("");
  });

  it("marks an item that runs over several lines in each of them", () => {
    const over = linesOf(TEXT, LINES, [{ id: "x", kind: "task", spans: [[3, 10]] }], new Map());
    expect(over.map((line) => line.pieces.filter((piece) => piece.items === "x").length)).toEqual([1, 1]);
  });

  it("draws 500 items over 3,000 lines in a blink", () => {
    const text = "完成任务。".repeat(3_000);
    const rows = Array.from({ length: 3_000 }, (_, n) => [n * 5, n * 5 + 5, 1 + Math.floor(n / 40)]);
    const many: Mark[] = Array.from({ length: 500 }, (_, n) => ({ id: `i${n}`, kind: "task", spans: [[n * 30, n * 30 + 12]] }));
    const started = performance.now();
    expect(linesOf(text, rows, many, new Map())).toHaveLength(3_000);
    expect(performance.now() - started).toBeLessThan(250);
  });
});
