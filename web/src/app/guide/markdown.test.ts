import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blocks, inline } from "./markdown";

describe("the guide's Markdown", () => {
  it("knows what stands in a line", () => {
    expect(inline("见 **岗位** 与 [部门](department.md)，`chengyun init`")).toEqual([
      { kind: "text", text: "见 " },
      { kind: "strong", text: "岗位" },
      { kind: "text", text: " 与 " },
      { kind: "link", text: "部门", to: "department.md" },
      { kind: "text", text: "，" },
      { kind: "code", text: "chengyun init" },
    ]);
  });

  it("knows headings, paragraphs over several lines, lists, tables and code", () => {
    const found = blocks("# 题\n\n一行\n接着\n\n- 甲\n- 乙\n\n1. 先\n2. 后\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n\ny\n```\n");
    expect(found.map((block) => block.kind)).toEqual(["heading", "paragraph", "list", "list", "table", "code"]);
    expect(found[1]).toEqual({ kind: "paragraph", text: [{ kind: "text", text: "一行接着" }] });
    expect(found[3]).toMatchObject({ ordered: true });
    expect(found[4]).toMatchObject({ rows: [[[{ kind: "text", text: "1" }], [{ kind: "text", text: "2" }]]] });
    expect(found[5]).toEqual({ kind: "code", text: "x = 1\n\ny" });
  });

  it("leaves no mark unread in the guide as it is", () => {
    const folder = join(import.meta.dirname, "../../../../docs/guide");
    for (const name of readdirSync(folder)) {
      const texts = JSON.stringify(blocks(readFileSync(join(folder, name), "utf8")).filter((block) => block.kind !== "code"));
      expect(texts, name).not.toMatch(/\*\*|\]\(/);
    }
  });
});
