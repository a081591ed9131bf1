import { describe, expect, it } from "vitest";
import { nameOf } from "./useKeys";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("the name of a key", () => {
  it.each([
    [press("j"), "j"],
    [press("J", { shiftKey: true }), "shift+j"],
    [press("k", { ctrlKey: true }), "ctrl+k"],
    [press("k", { metaKey: true }), "ctrl+k"],
    [press("?", { shiftKey: true }), "?"],
    [press("Escape"), "escape"],
    [press("Enter", { ctrlKey: true }), "ctrl+enter"],
  ])("is %s", (name, expected) => expect(name).toBe(expected));
});
