import type { Query } from "@/shared/http/client";

/** One tab of a desk: a question to the list of cases. */
export interface DeskView {
  key: string;
  /** Locale key. */
  label: string;
  query: Query;
  /** States whose counts add up to its figure; without them the figure is that of the server's view. */
  states?: readonly string[];
}

const byDue = { order: "due" };
const view = (key: string, states: string[], more: Query = {}): DeskView => ({
  key,
  label: `view.${key}`,
  query: { state: states.join(), ...byDue, ...more },
  states,
});

/** A tab that the server knows as a view. */
const served = (name: string, label = name, order = "due"): DeskView => ({ key: name, label: `view.${label}`, query: { view: name, order } });

export const DESK_VIEWS: DeskView[] = [
  view("to_receive", ["reported", "ordered"]),
  view("to_file", ["received"]),
  view("to_dispatch", ["filed", "arbitration"]),
  view("to_review", ["answered"]),
  view("to_close", ["verified"]),
  served("open"),
];
export const DEPARTMENT_VIEWS: DeskView[] = [
  served("to_sign"),
  served("in_hand"),
  served("due"),
  served("returned"),
  view("suspended", ["suspended"]),
];
export const NEIGHBOURHOOD_VIEWS: DeskView[] = [
  served("community", "open"),
  served("phone", "to_check"),
  served("mine"),
  served("reported", "by_me", "-reported"),
  served("closed", "closed", "-closed"),
];
export const AREA_VIEWS: DeskView[] = [
  served("open"),
  served("late"),
  served("phone", "to_check"),
  served("mine"),
  served("closed", "closed", "-closed"),
];
export const HOTLINE_VIEWS: DeskView[] = [
  view("to_accept", ["ordered"], { view: "orders" }),
  view("order_in_hand", ["filed", "arbitration", "dispatched", "signed", "handling"], { view: "orders" }),
  view("to_reply", ["answered", "verifying", "verified"], { view: "orders" }),
  view("replied", ["replied"], { view: "orders" }),
  served("orders"),
];
export const DUTY_VIEWS: DeskView[] = [
  served("late"),
  served("soon"),
  view("arbitration", ["arbitration"]),
  served("approvals", "approvals"),
  served("supervised"),
];
export const SUPERVISION_VIEWS: DeskView[] = [served("late"), served("soon"), served("supervised"), served("sampled", "sampled", "-closed")];
