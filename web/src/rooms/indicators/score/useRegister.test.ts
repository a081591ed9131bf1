import { describe, expect, it } from "vitest";
import type { RegisterColumn } from "@/api/indicators";
import { cellsOf } from "./useRegister";

const column = (name: string) => ({ name, zh: name }) as RegisterColumn;

describe("a record by hand", () => {
  it("names every column, and sends an empty cell as nothing", () => {
    expect(cellsOf([column("a"), column("b"), column("c"), column("d")], { a: "", b: 0, c: false, other: 1 })).toEqual({ a: null, b: 0, c: false, d: null });
  });
});
