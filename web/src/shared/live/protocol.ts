import type { LiveMessage, LiveState } from "./line";

/** What the worker (or the leading tab) tells the pages. */
export type LiveNews =
  | { type: "message"; message: LiveMessage }
  | { type: "state"; state: LiveState }
  | { type: "poll" };

/** What a page tells the worker. */
export type LiveOrder = { type: "start"; url: string } | { type: "stop" };
