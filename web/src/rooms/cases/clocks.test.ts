import { describe, expect, it } from "vitest";
import type { CaseClock } from "@/api";
import { clockLight } from "./clocks";

const now = new Date("2026-11-22T06:00:00Z");
const clock = (more: Partial<CaseClock>) => ({ started_at: "2026-11-22T00:00:00Z", due_at: "2026-11-22T10:00:00Z", paused_at: null, stopped_at: null, on_time: null, ...more }) as CaseClock;

describe("the light of a clock", () => {
  it.each([
    [{}, "blue"],
    [{ due_at: "2026-11-22T07:00:00Z" }, "amber"],
    [{ due_at: "2026-11-22T05:00:00Z" }, "red"],
    [{ due_at: null }, "grey"],
    [{ paused_at: "2026-11-22T01:00:00Z", due_at: "2026-11-22T05:00:00Z" }, "grey"],
    [{ stopped_at: "2026-11-22T01:00:00Z", on_time: true }, "green"],
    [{ stopped_at: "2026-11-22T01:00:00Z", on_time: false }, "red"],
    [{ stopped_at: "2026-11-22T01:00:00Z", on_time: null }, "grey"],
  ])("%j is %s", (more, light) => expect(clockLight(clock(more), now)).toBe(light));
});
