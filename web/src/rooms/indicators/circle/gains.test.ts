import { expect, it } from "vitest";
import type { SitingAnswer } from "@/api/circle";
import { coloured, NO_WAY, pairs, planOf, VEILED } from "./gains";

const packed = (...all: number[]) => btoa(String.fromCharCode(...all));

it("reads numbers of two bytes, the least first", () => {
  expect([...pairs(packed(44, 1, 255, 255))]).toEqual([300, NO_WAY]);
});

it("shows the picks of one's own where there are any, and fades what another site brings", () => {
  const homes = (gains: string, sites: string) => ({ gains, sites, ways: packed(1, 0, 2, 0), counts: [], people: [] });
  const answer = { sites: [], ways: packed(9, 0, 9, 0), homes: homes(packed(5, 2), packed(1, 2)), own: null } as unknown as SitingAnswer;
  const plan = planOf(answer, "own");
  expect([...plan.gains]).toEqual([5, 2]);
  expect([...plan.before, ...plan.after]).toEqual([9, 9, 1, 2]);
  expect([...coloured(plan, null)]).toEqual([5, 2]);
  expect([...coloured(plan, 1)]).toEqual([VEILED, 2]);
  const own = { sites: [], homes: homes(packed(1, 5), packed(0, 1)) };
  expect([...planOf({ ...answer, own } as unknown as SitingAnswer, "own").gains]).toEqual([1, 5]);
});
