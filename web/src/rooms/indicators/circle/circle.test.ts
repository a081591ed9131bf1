import { describe, expect, it } from "vitest";
import { asked, read, withChange, written, type Change } from "./changes";
import { BEYOND, bytes, classes, counted, differing, NEAR, UNKNOWN, type Decoded } from "./reach";

const row = (minutes: number[], states: number[]) => ({ minutes: Uint8Array.from(minutes), states: Uint8Array.from(states) }) as Decoded;

describe("classes of homes", () => {
  it("keeps the limit itself inside", () => expect([...classes([row([50, 51, 150, 151], [1, 1, 1, 0])], "minutes", 4)]).toEqual([0, 1, 2, 3]));
  it("waits for the slowest category", () => expect(classes([row([10], [1]), row([120], [1])], "minutes", 1)[0]).toBe(2));
  it("never shows unknown as a gap", () => expect(classes([row([255], [2])], "minutes", 1)[0]).toBe(UNKNOWN));
  it("counts what is lacking", () => {
    const rows = [row([255, 0], [0, 1]), row([255, 0], [0, 1]), row([255, 0], [0, 1]), row([255, 0], [0, 1])];
    expect([...classes(rows, "missing", 2)]).toEqual([BEYOND, NEAR]);
  });
  it("finds only what differs", () => expect(differing(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 0, 3))).toEqual([1]));
  it("counts each class", () => expect(counted(Uint8Array.of(0, 0, 4))).toEqual([2, 0, 0, 0, 1]));
  it("reads base64", () => expect([...bytes(btoa("\x00\xff"))]).toEqual([0, 255]));
});

describe("changes in the address", () => {
  const list: Change[] = [{ act: "add", category: "childcare", point: [121.2000001, 31.4], capacity: 60 }, { act: "gate", point: [121.2, 31.4], opened: true }];
  it("comes back as it went", () => expect(read(written(list))).toEqual([{ ...list[0], point: [121.2, 31.4] }, list[1]]));
  it("is empty when it cannot be read", () => expect(read("{")).toEqual([]));
  it("tells facilities and ways apart", () => expect(asked(list).ways).toEqual([{ kind: "gate", point: [121.2, 31.4], opened: true }]));
  it("moves a facility once", () => {
    const once = withChange([], { act: "move", facility: "a", point: [1, 2] });
    expect(withChange(once, { act: "move", facility: "a", point: [3, 4] })).toEqual([{ act: "move", facility: "a", point: [3, 4] }]);
  });
});
