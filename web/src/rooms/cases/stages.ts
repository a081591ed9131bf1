export interface Stage {
  name: string;
  at: "past" | "now" | "ahead";
}

const OWN = ["reported", "received", "filed", "dispatched", "signed", "handling", "answered", "verifying", "closed", "rated"];
const SIMPLE = ["reported", "settled", "closed", "rated"];
const ORDER = ["ordered", "filed", "dispatched", "signed", "handling", "answered", "replied", "closed"];

/** Where states beside the way stand on it. */
const STANDS: Record<string, string> = {
  checking: "received",
  arbitration: "dispatched",
  suspended: "handling",
  verified: "verifying",
  merged: "received",
  rejected: "reported",
  not_filed: "received",
  cancelled: "received",
  returned: "ordered",
};

/** The steps of a case's way: an order's ends above, one settled on the spot has been with nobody else. */
function wayOf(state: string, order: boolean, simple: boolean): string[] {
  if (order) return ORDER;
  return simple && SIMPLE.includes(state) ? SIMPLE : OWN;
}

/** The way of a case as steps: what is behind, where it stands, what is ahead. */
export function stagesOf(state: string, order: boolean, simple = false): Stage[] {
  const way = wayOf(state, order, simple);
  const here = way.includes(state) ? state : (STANDS[state] ?? way[0]);
  const index = Math.max(0, way.indexOf(here ?? ""));
  const ended = index === way.length - 1 || state === "verified";
  return way.map((name, place) => ({
    name,
    at: place < index || (place === index && ended) ? "past" : place === index ? "now" : "ahead",
  }));
}
