/** The pages of the room in their order, and who may open them: the line of entries that stands above each. */
export const READ: readonly string[] = ["plans.read"];

export interface Entry {
  to: string;
  label: string;
  permissions: readonly string[];
}

const entry = (to: string, name: string, permissions: readonly string[] = READ): Entry => ({ to, label: `plan.page.${name}`, permissions });

export const ENTRIES: readonly Entry[] = [
  entry("plan-progress", "progress", ["plans.supervise", "plans.approve", "plans.write"]),
  entry("plan-mine", "mine", ["plans.report"]),
  entry("plans", "documents", ["plans.read", "plans.write"]),
  entry("plan-tasks", "tasks"),
  entry("plan-targets", "targets"),
  entry("plan-alignment", "alignment", ["plans.write", "plans.supervise", "plans.approve"]),
  entry("plan-decompose", "decompose", ["plans.write"]),
  entry("plan-answers", "answers", ["plans.consent"]),
  entry("plan-approvals", "approvals", ["plans.approve"]),
  entry("plan-reports", "reports"),
  entry("plan-orders", "orders"),
  entry("plan-meetings", "meetings"),
  entry("plan-assessment", "assessment"),
  entry("plan-titles", "titles"),
  entry("plan-funds", "funds"),
  entry("plan-evaluations", "evaluations"),
  entry("plan-publicity", "publicity"),
  entry("plan-wall", "wall"),
];
