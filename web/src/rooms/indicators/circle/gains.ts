import type { SitingAnswer, SitingHomes, SitingSite } from "@/api/circle";
import { bytes } from "./reach";

/** What a home gains, as the server numbers it; VEILED: through another site than the one that is looked at. */
export const NEW = 5;
export const VEILED = 6;
export const NO_WAY = 65535;
export const GAIN_TOKENS = ["gain-far", "gain-near", "gain-little", "gain-some", "gain-much", "gain-new"] as const;

/** A choice of sites with what it brings to each home: proposed, or the planner's own. */
export interface Plan {
  sites: SitingSite[];
  gains: Uint8Array;
  through: Uint8Array;
  before: Uint16Array;
  after: Uint16Array;
  counts: number[];
  people: number[];
}
export type Shown = "proposed" | "own";

/** Numbers of two bytes, the least first, whatever machine reads them. */
export function pairs(text: string): Uint16Array {
  const read = bytes(text);
  return Uint16Array.from({ length: read.length / 2 }, (_, at) => (read[2 * at] ?? 0) + 256 * (read[2 * at + 1] ?? 0));
}

/** The plan that is looked at; the proposed one where there are no picks of one's own. */
export function planOf(answer: SitingAnswer, shown: Shown): Plan {
  const from: { sites: SitingSite[]; homes: SitingHomes } = shown === "own" && answer.own ? answer.own : answer;
  return {
    sites: from.sites, gains: bytes(from.homes.gains), through: bytes(from.homes.sites),
    before: pairs(answer.ways), after: pairs(from.homes.ways), counts: from.homes.counts, people: from.homes.people,
  };
}

/** The colour of every home; with a site looked at, only those who gain through it keep theirs. */
export function coloured(plan: Plan, site: number | null): Uint8Array {
  if (site === null) return plan.gains;
  return plan.gains.map((gain, home) => (plan.through[home] === site + 1 ? gain : VEILED));
}
