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

/** Why a light is what it is, in words: the code of the rule with its figures in their unit (of tasks and projects percent). */
export function whyOf(why: unknown, words: { t: Say; te: (key: string) => boolean }, unit = "%"): string {
  const told = (why ?? {}) as Reason;
  const key = `plan.why.${told.reason ?? ""}`;
  if (!told.reason || !words.te(key)) return "";
  const filled = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, typeof value === "number" ? figure(value) + (unit && unit !== "%" ? ` ${unit}` : unit) : value]));
  return words.t(key, { value: "—", expected: "—", gap: "—", ...filled });
}

interface Lit {
  light: string;
  due_on: string | null;
  light_why: Record<string, unknown>;
  department?: { id: string; name: string } | null;
}

/** Red before yellow, and among those of one light the longest overdue and the furthest behind first. */
export function worstFirst<T extends Lit>(rows: readonly T[]): T[] {
  const place = (row: T) => LIGHTS.indexOf(row.light as PlanLightName);
  const gap = (row: T) => (typeof row.light_why.gap === "number" ? row.light_why.gap : 0);
  return [...rows].sort((a, b) => place(a) - place(b) || (a.due_on ?? "9999").localeCompare(b.due_on ?? "9999") || gap(b) - gap(a));
}

export interface OfficeLights {
  id: string;
  name: string;
  lights: Record<string, number>;
}

/** How many of each light every department has, those with the most red first. */
export function byOffice(rows: readonly Lit[]): OfficeLights[] {
  const found = new Map<string, OfficeLights>();
  for (const row of rows) {
    const id = row.department?.id ?? "";
    const one = found.get(id) ?? { id, name: row.department?.name ?? "", lights: {} };
    one.lights[row.light] = (one.lights[row.light] ?? 0) + 1;
    found.set(id, one);
  }
  const weight = (one: OfficeLights) => (one.lights.red ?? 0) * 1_000 + (one.lights.yellow ?? 0);
  return [...found.values()].sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name, "zh"));
}
