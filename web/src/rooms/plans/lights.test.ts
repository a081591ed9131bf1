import { expect, test } from "vitest";
import { byOffice, worstFirst } from "./lights";

const row = (light: string, due_on: string | null, gap: number, office = "a") => ({ light, due_on, light_why: { gap }, department: { id: office, name: office } });

test("what is red and longest overdue comes first", () => {
  const rows = [row("yellow", "2026-01-01", 9), row("red", null, 5), row("red", "2026-06-30", 1), row("red", "2026-06-30", 8)];
  expect(worstFirst(rows).map((one) => [one.light, one.due_on, one.light_why.gap])).toEqual([["red", "2026-06-30", 8], ["red", "2026-06-30", 1], ["red", null, 5], ["yellow", "2026-01-01", 9]]);
});

test("departments are listed with the most red first, and those without one too", () => {
  const found = byOffice([row("green", null, 0, "b"), row("red", null, 0, "c"), row("yellow", null, 0, "a"), { ...row("grey", null, 0), department: null }]);
  expect(found.map((one) => one.id)).toEqual(["c", "a", "", "b"]);
});
