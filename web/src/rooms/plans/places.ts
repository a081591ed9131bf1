/** The pages of the room in their order, and who may open them: the line of entries that stands above each. */
export const READ: readonly string[] = ["plans.read"];

export interface Entry {
  to: string;
  label: string;
  permissions: readonly string[];
}

const entry = (to: string, name: string, permissions: readonly string[] = READ): Entry => ({ to, label: `plan.page.${name}`, permissions });

export const ENTRIES: readonly Entry[] = [
  entry("plans", "documents", ["plans.read", "plans.write"]),
];
