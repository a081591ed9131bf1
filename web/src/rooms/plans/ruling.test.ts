import { expect, test } from "vitest";
import { bodyOf, changesOf, type Rules } from "./ruling";

const rules = (more: Partial<Rules> = {}): Rules => ({ tolerance: 0.1, near_days: 15, grace_days: 0, stale_days: 100, over_range: "yellow", kinds: {}, ...more });

test("only what differs by kind is kept", () => {
  const body = bodyOf(rules({ kinds: { target: { tolerance: 0.05, near_days: 15 }, task: { grace_days: undefined } } }));
  expect(body.kinds).toEqual({ target: { tolerance: 0.05 } });
  expect(body).not.toHaveProperty("version");
});

test("a version says what it changed", () => {
  expect(changesOf(rules(), rules({ near_days: 7, kinds: { project: { tolerance: 0.2 } } }))).toEqual([
    { rule: "near_days", kind: "", before: 15, after: 7 },
    { rule: "tolerance", kind: "project", before: null, after: 0.2 },
  ]);
});
