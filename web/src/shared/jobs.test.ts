import { describe, expect, it } from "vitest";
import { jobFailure } from "./jobs";

const words = {
  t: (key: string, values: Record<string, unknown>) => `${key} ${JSON.stringify(values)}`,
  te: (key: string) => key === "refusal.places.file_table",
};

describe("why a job failed", () => {
  it("is said by its code where there are words for it", () => {
    const job = { error: "places.file_table: x.csv", result: { refusal: { code: "places.file_table", params: { why: "x" } } } };
    expect(jobFailure(job, words)).toBe('refusal.places.file_table {"why":"x"}');
  });

  it("is what the server said where there are none", () => {
    expect(jobFailure({ error: "other.code: so", result: { refusal: { code: "other.code", params: {} } } }, words)).toBe("other.code: so");
    expect(jobFailure({ error: "lost", result: {} }, words)).toBe("lost");
  });
});
