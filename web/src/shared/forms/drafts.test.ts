import { describe, expect, it } from "vitest";
import { Drafts, type Store } from "./drafts";

class Memory implements Store {
  private readonly map = new Map<string, string>();
  full = false;
  get length() {
    return this.map.size;
  }
  key(index: number) {
    return [...this.map.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.map.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.map.set(key, value);
  }
  removeItem(key: string) {
    this.map.delete(key);
  }
}

describe("a draft", () => {
  it("comes back as it was typed, to the same person only", () => {
    const store = new Memory();
    new Drafts(store, "p1").keep("return:c1", { reason: "不属于本部门" });
    expect(new Drafts(store, "p1").read("return:c1")).toEqual({ reason: "不属于本部门" });
    expect(new Drafts(store, "p2").read("return:c1")).toBeNull();
  });

  it("is gone once accepted, or once emptied", () => {
    const store = new Memory();
    const drafts = new Drafts(store, "p1");
    drafts.keep("a", { reason: "x" });
    drafts.drop("a");
    drafts.keep("b", { reason: "x", photos: ["f1"] });
    drafts.keep("b", { reason: "", photos: [] });
    expect(store.length).toBe(0);
  });

  it("is forgotten after 30 days", () => {
    const store = new Memory();
    let now = 0;
    const drafts = new Drafts(store, "p1", () => now);
    drafts.keep("a", { reason: "x" });
    now = 31 * 24 * 3_600_000;
    drafts.sweep();
    expect(store.length).toBe(0);
  });

  it("never stops the typing, even on a full or a spoilt device", () => {
    const store = new Memory();
    const drafts = new Drafts(store, "p1");
    store.setItem("chengyun.draft.p1.a", "{broken");
    expect(drafts.read("a")).toBeNull();
    store.full = true;
    expect(() => drafts.keep("b", { reason: "x" })).not.toThrow();
  });
});
