import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Election, type Channel } from "./election";

const room = new Set<FakeChannel>();
class FakeChannel implements Channel {
  onmessage: ((event: MessageEvent) => void) | null = null;
  constructor() {
    room.add(this);
  }
  postMessage(data: unknown) {
    for (const other of room) if (other !== this) other.onmessage?.(new MessageEvent("message", { data }));
  }
  close() {
    room.delete(this);
  }
}

function tab(id: string) {
  const state = { leading: false, heard: [] as unknown[], election: null as unknown as Election };
  state.election = new Election(new FakeChannel(), id, (leading) => (state.leading = leading), (data) => state.heard.push(data));
  return state;
}

beforeEach(() => {
  vi.useFakeTimers();
  room.clear();
});
afterEach(() => vi.useRealTimers());

describe("the tabs of one browser", () => {
  it("agree on one that keeps the line", () => {
    const tabs = [tab("b"), tab("a"), tab("c")];
    vi.advanceTimersByTime(10_000);
    expect(tabs.filter((one) => one.leading)).toHaveLength(1);
    for (const one of tabs) one.election.stop();
  });

  it("pass on what the leader heard", () => {
    const first = tab("a");
    vi.advanceTimersByTime(4_000);
    const second = tab("b");
    vi.advanceTimersByTime(4_000);
    first.election.relay({ position: 3 });
    second.election.relay({ position: 9 });
    expect(first.leading && !second.leading).toBe(true);
    expect(second.heard).toEqual([{ position: 3 }]);
    expect(first.heard).toEqual([]);
  });

  it("take over when the leader closes", () => {
    const first = tab("a");
    vi.advanceTimersByTime(4_000);
    const second = tab("b");
    vi.advanceTimersByTime(2_000);
    first.election.stop();
    vi.advanceTimersByTime(6_000);
    expect(second.leading).toBe(true);
    second.election.stop();
  });
});
