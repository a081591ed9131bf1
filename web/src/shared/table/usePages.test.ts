import { describe, expect, it } from "vitest";
import { nextTick, ref } from "vue";
import { Problem } from "@/shared/http/problem";
import { usePages, type Page } from "./usePages";

const all = Array.from({ length: 120 }, (_, index) => index);
const calls: [string | null, number][] = [];
const load = async (cursor: string | null, limit: number): Promise<Page<number>> => {
  calls.push([cursor, limit]);
  const from = Number(cursor ?? 0);
  const to = from + limit;
  return { items: all.slice(from, to), next: to < all.length ? String(to) : null, total: 120, more: false };
};
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("pages by key", () => {
  it("grow on demand and refresh as a whole", async () => {
    const pages = usePages(load);
    await settled();
    await pages.further();
    expect(pages.rows.value).toEqual(all.slice(0, 100));
    await pages.refresh();
    expect(calls.at(-1)).toEqual([null, 100]);
    expect(pages.rows.value).toHaveLength(100);
    expect(pages.hasNext.value).toBe(true);
  });

  it("drop an overtaken answer", async () => {
    const filter = ref("a");
    const waits: Record<string, (page: Page<string>) => void> = {};
    const pages = usePages(
      () => new Promise<Page<string>>((resolve) => (waits[filter.value] = resolve)),
      () => filter.value,
    );
    filter.value = "b";
    await nextTick();
    waits.b?.({ items: ["b"], next: null, total: 1, more: false });
    await settled();
    waits.a?.({ items: ["a"], next: null, total: 1, more: false });
    await settled();
    expect(pages.rows.value).toEqual(["b"]);
  });

  it("keep what is shown when a refresh is refused", async () => {
    let fail = false;
    const pages = usePages(async (cursor, limit) => {
      if (fail) throw new Problem({ status: 0, code: "web.offline" });
      return load(cursor, limit);
    });
    await settled();
    fail = true;
    await pages.refresh();
    expect(pages.problem.value?.code).toBe("web.offline");
    expect(pages.rows.value).toHaveLength(50);
  });
});
