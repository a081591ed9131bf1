import type { PlanParty } from "@/api/plans";

/** An owner as it is edited: whom, in which role, and what the document calls it. */
export interface Owner {
  department: string | undefined;
  role: string;
  words: string;
}

export const ROLES = ["lead", "joint", "supporting"] as const;

export const ownersOf = (parties: readonly PlanParty[]): Owner[] =>
  parties.map((party) => ({ department: party.department?.id, role: party.role, words: party.words }));

/** What is sent: only units that are somebody. */
export const sentOwners = (owners: readonly Owner[]) => owners.filter((one) => one.department).map((one) => ({ ...one }));

export const sameOwners = (a: readonly Owner[], b: readonly Owner[]) => JSON.stringify(sentOwners(a)) === JSON.stringify(sentOwners(b));
