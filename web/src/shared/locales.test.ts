import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Tree = { [key: string]: string | Tree };
const SOURCE = join(import.meta.dirname, "..");
const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" });

function keys(tree: Tree, before = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [before + key] : keys(value, `${before}${key}.`),
  );
}
const read = (file: string) => JSON.parse(readFileSync(join(SOURCE, file), "utf8")) as Tree;
const chinese = files.filter((file) => file.endsWith("locales/zh-CN.json"));
const known = new Set(chinese.flatMap((file) => keys(read(file))));
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const at = (tree: Tree, key: string) => key.split(".").reduce<Tree | string>((node, part) => (node as Tree)[part] as Tree, tree) as string;

describe("the texts", () => {
  it.each(chinese)("%s has the same keys and holes in English", (file) => {
    const zh = read(file);
    const en = read(file.replace("zh-CN", "en"));
    expect(keys(en).sort()).toEqual(keys(zh).sort());
    for (const key of keys(zh)) expect(holes(at(en, key)), key).toEqual(holes(at(zh, key)));
  });

  it("are never empty", () => {
    for (const file of files.filter((one) => /locales\/[\w-]+\.json$/.test(one))) {
      const tree = read(file);
      for (const key of keys(tree)) expect(at(tree, key).trim(), `${file} ${key}`).not.toBe("");
    }
  });

  it("hold every key that the source names", () => {
    const missing: string[] = [];
    for (const file of files.filter((one) => /\.(vue|ts)$/.test(one) && !one.endsWith(".test.ts"))) {
      const source = readFileSync(join(SOURCE, file), "utf8");
      const named = [...source.matchAll(/\bte?\("([\w.-]+)"/g), ...source.matchAll(/\b(?:label|title): "([a-z_]+\.[\w.]+)"/g)];
      for (const [, key] of named) if (key && !known.has(key)) missing.push(`${file}: ${key}`);
      for (const [, start] of source.matchAll(/\bte?\(`([\w.]+\.)\$\{/g)) {
        if (start && ![...known].some((key) => key.startsWith(start))) missing.push(`${file}: ${start}*`);
      }
    }
    expect(missing).toEqual([]);
  });
});
