import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveLine, type LiveMessage, type LiveState, type Stream } from "./line";

class FakeStream implements Stream {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  private reset: ((event: MessageEvent<string>) => void) | null = null;
  constructor(readonly url: string) {}
  close() {
    this.closed = true;
  }
  addEventListener(_type: "reset", hear: (event: MessageEvent<string>) => void) {
    this.reset = hear;
  }
  forgets(position: number) {
    this.reset?.(new MessageEvent("reset", { data: JSON.stringify({ position }) }));
  }
  opens() {
    this.onopen?.(new Event("open"));
  }
  says(position: number) {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify({ position, event: "cases.filed", kind: "case", id: "c", version: 1 }) }));
  }
  fails() {
    this.onerror?.(new Event("error"));
  }
}

let streams: FakeStream[];
let heard: LiveMessage[];
let states: LiveState[];
let polls: number;
let line: LiveLine;
const newest = () => streams.at(-1) as FakeStream;

beforeEach(() => {
  vi.useFakeTimers();
  streams = [];
  heard = [];
  states = [];
  polls = 0;
  line = new LiveLine({
    url: "/live",
    open: (url) => {
      streams.push(new FakeStream(url));
      return newest();
    },
    tell: (message) => heard.push(message),
    state: (state) => states.push(state),
    poll: () => (polls += 1),
    random: () => 1,
  });
  line.start();
});
afterEach(() => {
  line.stop();
  vi.useRealTimers();
});

describe("the live line", () => {
  it("resumes after the last position it heard", () => {
    newest().opens();
    newest().says(41);
    newest().says(42);
    newest().fails();
    vi.advanceTimersByTime(1_000);
    expect(newest().url).toBe("/live?last_event_id=42");
    expect(states).toEqual(["live", "waiting"]);
  });

  it("tells a repeated entry once and skips what it cannot read", () => {
    newest().opens();
    newest().says(7);
    newest().says(7);
    newest().onmessage?.(new MessageEvent("message", { data: "not json" }));
    expect(heard.map((message) => message.position)).toEqual([7]);
  });

  it("waits longer after each failure, at most a minute", () => {
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const count = streams.length;
      newest().fails();
      let waited = 0;
      while (streams.length === count) {
        vi.advanceTimersByTime(500);
        waited += 500;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  });

  it("falls back to polling while the line is dead, and refetches once when it is back", () => {
    newest().fails();
    vi.advanceTimersByTime(1_000);
    newest().fails();
    vi.advanceTimersByTime(2_000);
    newest().fails();
    expect(states.at(-1)).toBe("polling");
    const before = polls;
    vi.advanceTimersByTime(4_000);
    newest().opens();
    expect(polls).toBe(before + 1);
    vi.advanceTimersByTime(60_000);
    expect(polls).toBe(before + 1);
    expect(states.at(-1)).toBe("live");
  });

  it("closes what it opened", () => {
    newest().opens();
    line.stop();
    expect(newest().closed).toBe(true);
  });

  it("has pages read everything again when the server no longer has what was missed", () => {
    line.start();
    newest().opens();
    newest().forgets(900);
    expect(polls).toBe(1);
    newest().says(900);
    newest().says(901);
    expect(heard.map((message) => message.position)).toEqual([901]);
  });
});
