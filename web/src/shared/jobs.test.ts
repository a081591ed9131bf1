import { describe, expect, it } from "vitest";
import { jobFailure } from "./jobs";

const words = {
  t: (key: string, values: Record<string, unknown>) => `${key} ${JSON.stringify(values)}`,
  te: (key: string) => key === "refusal.places.unreadable",
};

describe("why a job failed", () => {
  it("is said by its code where there are words for it", () => {
    const job = { error: "places.unreadable: x.csv", result: { refusal: { code: "places.unreadable", params: { why: "x" } } } };
    expect(jobFailure(job, words)).toBe('refusal.places.unreadable {"why":"x"}');
  });

  it("is what the server said where there are none", () => {
    expect(jobFailure({ error: "other.code: so", result: { refusal: { code: "other.code", params: {} } } }, words)).toBe("other.code: so");
    expect(jobFailure({ error: "lost", result: {} }, words)).toBe("lost");
  });
});
