import { describe, expect, it } from "vitest";
import { asked, body, lacking, startOf, type Spec } from "./spec";

const specs: Spec[] = [
  { name: "login", label: "", kind: "text", required: true, once: true },
  { name: "name", label: "", kind: "text", required: true },
  { name: "reach", label: "", kind: "choice", required: true },
  { name: "area", label: "", kind: "area", required: true, when: (values) => values.reach === "area" },
];

describe("a form of records", () => {
  it("asks what fits the choice so far", () => {
    expect(asked(specs, { reach: "town" }, true).map((one) => one.name)).toEqual(["login", "name", "reach"]);
    expect(asked(specs, { reach: "area" }, false).map((one) => one.name)).toEqual(["name", "reach", "area"]);
  });

  it("sends only what was asked, and empty choices as nothing", () => {
    expect(body(specs, { login: "x", name: " 张 ", reach: "town", area: "a1" }, false)).toEqual({ name: "张", reach: "town" });
    expect(body(specs, { reach: "area" }, false)).toEqual({ name: "", reach: "area", area: null });
  });

  it("starts with ids, and never sends back what was masked", () => {
    const person: Spec[] = [{ name: "phone", label: "", kind: "text", anew: true }, { name: "department", label: "", kind: "department" }];
    const values = startOf(person, { phone: "138****0000", department: { id: "d1", name: "城运办" } });
    expect(values).toEqual({ phone: undefined, department: "d1" });
    expect(body(person, values, false)).toEqual({ department: "d1" });
    expect(body(person, { ...values, phone: "13900000000" }, false)).toEqual({ phone: "13900000000", department: "d1" });
  });

  it("names what is missing", () => {
    expect(lacking(specs, { reach: "area" }, true)).toEqual(["login", "name", "area"]);
  });
});
