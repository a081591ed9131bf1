import type { Query } from "@/shared/http/client";

/** One tab of a desk: a question to the list of cases. */
export interface DeskView {
  key: string;
  /** Locale key. */
  label: string;
  query: Query;
  /** Name of its figure in the counts. */
  count?: string;
}

const byDue = { order: "due" };
const view = (key: string, states: string[], more: Query = {}): DeskView => ({
  key,
  label: `view.${key}`,
  query: { state: states, ...byDue, ...more },
});

export const DESK_VIEWS: DeskView[] = [
  view("to_receive", ["reported", "ordered"]),
  view("to_file", ["received"]),
  view("to_dispatch", ["filed", "arbitration"]),
  view("to_review", ["answered"]),
  view("to_close", ["verified"]),
  { key: "open", label: "view.open", query: { view: "open", ...byDue } },
];
export const DEPARTMENT_VIEWS: DeskView[] = [
  view("to_sign", ["dispatched"]),
  view("in_hand", ["signed", "handling"]),
  { key: "due", label: "view.due", query: { view: "due", ...byDue } },
  { key: "returned", label: "view.returned", query: { view: "returned", order: "-reported" } },
  view("suspended", ["suspended"]),
];
export const AREA_VIEWS: DeskView[] = [
  { key: "open", label: "view.open", query: { view: "open", ...byDue } },
  { key: "late", label: "view.late", query: { view: "late", ...byDue } },
  view("to_check", ["checking", "verifying"]),
  { key: "closed", label: "view.closed", query: { view: "closed", order: "-reported" } },
];
export const HOTLINE_VIEWS: DeskView[] = [
  view("to_accept", ["ordered"], { channel: "hotline" }),
  { key: "to_contact", label: "view.to_contact", query: { view: "to_contact", ...byDue } },
  view("to_reply", ["answered", "verified"], { channel: "hotline" }),
  view("replied", ["replied"], { channel: "hotline" }),
  { key: "open", label: "view.open", query: { view: "open", channel: "hotline", ...byDue } },
];
export const DUTY_VIEWS: DeskView[] = [
  { key: "late", label: "view.late", query: { view: "late", ...byDue } },
  { key: "due", label: "view.due", query: { view: "due", ...byDue } },
  view("arbitration", ["arbitration"]),
  { key: "urged", label: "view.urged", query: { view: "urged", ...byDue } },
];
export const SUPERVISION_VIEWS: DeskView[] = [
  { key: "late", label: "view.late", query: { view: "late", ...byDue } },
  { key: "due", label: "view.due", query: { view: "due", ...byDue } },
  { key: "supervised", label: "view.supervised", query: { view: "supervised", ...byDue } },
];
