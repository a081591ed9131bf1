import { describe, expect, it } from "vitest";
import { cleaned, fieldsOf, mayTakeMore, missing, needsForm } from "./needs";

const verb = (needs: string[], optional: string[] = [], approval: string | null = null) => ({ name: "v", needs, optional, approval, offline: false });

describe("the form of a verb", () => {
  it("asks choices first, words next, photos last, optional parts after needed ones", () => {
    const fields = fieldsOf(verb(["photo:after", "note", "department"], ["person", "photo:before"]));
    expect(fields.map((one) => [one.name, one.kind, one.required])).toEqual([
      ["department", "department", true],
      ["note", "text", true],
      ["photo:after", "photos", true],
      ["person", "person", false],
      ["photo:before", "photos", false],
    ]);
    expect(fields[2]?.label).toBe("need.photo_after");
  });

  it("is not there when nothing is asked", () => {
    expect(needsForm(verb([]))).toBe(false);
    expect(needsForm(verb(["reason"]))).toBe(true);
    expect(needsForm(verb([], [], "leader"))).toBe(true);
    expect([mayTakeMore(verb([], ["text"])), mayTakeMore(verb([])), mayTakeMore(verb(["reason"], ["text"]))]).toEqual([true, false, false]);
  });

  it("knows what is missing and sends nothing blank", () => {
    const fields = fieldsOf(verb(["reason", "photo:after"], ["note"]));
    expect(missing(fields, { reason: "  ", "photo:after": [] })).toEqual(["reason", "photo:after"]);
    expect(missing(fields, { reason: "不属于", "photo:after": ["f1"] })).toEqual([]);
    expect(cleaned({ reason: " 不属于 ", note: "", photos: [], ok: false })).toEqual({ reason: "不属于", ok: false });
  });
});
