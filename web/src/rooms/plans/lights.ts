import type { Light } from "@/api";

/** The lights of plans, worst first: what a list and a legend show in this order. */
export const LIGHTS = ["red", "yellow", "green", "grey"] as const;
export type PlanLightName = (typeof LIGHTS)[number];

/** The mark of the screen for a light of a plan: yellow is the screen's amber. */
export function markOf(light: string): Light {
  if (light === "yellow") return "amber";
  return light === "red" || light === "green" || light === "blue" ? light : "grey";
}

/** The colour token of a light, for what draws outside CSS. */
export const TOKEN: Record<string, string> = { red: "late", yellow: "soon", green: "good", grey: "unknown", blue: "moving" };

interface Reason {
  reason?: string;
  [name: string]: unknown;
}
type Say = (key: string, params: Record<string, unknown>) => string;

const figure = (value: unknown) => (typeof value === "number" ? String(Math.round(value * 100) / 100) : "");

/** Why a light is what it is, in words: the code of the rule with its figures. */
export function whyOf(why: unknown, words: { t: Say; te: (key: string) => boolean }): string {
  const told = (why ?? {}) as Reason;
  const key = `plan.why.${told.reason ?? ""}`;
  if (!told.reason || !words.te(key)) return "";
  const filled = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, typeof value === "number" ? figure(value) : value]));
  return words.t(key, { value: "—", expected: "—", gap: "—", ...filled });
}
