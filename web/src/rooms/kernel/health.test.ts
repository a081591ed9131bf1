import { describe, expect, it } from "vitest";
import { bytes, partsOf } from "./health";

const health = (parts: Record<string, Record<string, unknown>>) => ({ live: true, ready: true, parts });

describe("the state of an installation", () => {
  it("puts first what needs a hand", () => {
    const parts = partsOf(health({
      disk: { free_bytes: 1e9, free_share: 0.5 },
      worker: { alive: false },
      jobs: { queued: 0, running: 1, failed: 2 },
      other: { figure: 1 },
    }));
    expect(parts.map((part) => [part.name, part.light])).toEqual([["worker", "red"], ["jobs", "amber"], ["disk", "green"], ["other", "grey"]]);
  });

  it("counts a part that cannot be asked as down", () => {
    expect(partsOf(health({ disk: { error: "OSError" } }))[0]?.light).toBe("red");
  });

  it("writes sizes with their unit", () => {
    expect([bytes(0), bytes(999), bytes(12_300_000_000)]).toEqual(["0 B", "999 B", "12.3 GB"]);
  });
});
