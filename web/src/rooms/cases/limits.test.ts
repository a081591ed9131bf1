import { describe, expect, it } from "vitest";
import { limitWords } from "./limits";

const t = (key: string, params: Record<string, unknown>) => `${String(params.amount)} ${key}`;

describe("a limit in words", () => {
  it("names amount and unit, and leaves alone what it does not know", () => {
    expect(limitWords("3 work_days next_working_day close_of_office", t)).toBe("3 limit.work_days");
    expect(limitWords("2 clock_hours", t)).toBe("2 limit.clock_hours");
    expect(limitWords("", t)).toBe("");
    expect(limitWords("soon", t)).toBe("soon");
  });
});
