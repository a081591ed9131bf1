import { describe, expect, it } from "vitest";
import type { Moment } from "@/api";
import { eventWords, photosOf, textsOf } from "./timeline";

const texts: Record<string, string> = {
  "event.cases.filed": "立案，{priority}",
  "event.cases.checked_true": "核实属实",
  "event.cases.checked": "核实",
  "priority.urgent": "紧急",
};
const words = {
  t: (key: string, params: Record<string, unknown>) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
  te: (key: string) => key in texts,
};
const moment = (event: string, facts: Record<string, unknown>, said: Record<string, string | null> = {}) => ({ event, facts, names: {}, texts: said }) as unknown as Moment;

describe("a line of the timeline", () => {
  it("is told with its facts in words", () => {
    expect(eventWords(moment("cases.filed", { priority: "urgent" }), words)).toBe("立案，紧急");
    expect(eventWords(moment("cases.checked", { found: true }), words)).toBe("核实属实");
    expect(eventWords(moment("cases.checked", {}), words)).toBe("核实");
  });

  it("says to whom a case went, where that is known", () => {
    const sent = { ...moment("cases.dispatched", { department: 7 }), names: { department: "绿容所" } };
    expect(eventWords(sent, { t: words.t, te: (key) => key === "event.cases.dispatched" || key.endsWith("_to_department") })).toBe("event.cases.dispatched_to_department");
  });

  it("shows the name of an event that has no text yet", () => {
    expect(eventWords(moment("cases.unheard", {}), words)).toBe("cases.unheard");
  });

  it("gives its pictures and its texts, erased ones too", () => {
    expect(photosOf(moment("x", { photos: ["f1"] }))).toEqual(["f1"]);
    expect(textsOf(moment("x", {}, { text: "好", reason: null }))).toEqual([null, "好"]);
  });
});
