import type { VerbOffer } from "@/api";

/** Verbs that are taken outdoors, in the order of their use; all others belong to a desk. */
const USED = ["verify_pass", "verify_fail", "check", "settle", "sign", "start", "answer", "sample_pass", "sample_fail", "extend", "return", "remark"];

export const IN_FIELD = new Set(USED);

export function byUse(verbs: readonly VerbOffer[]): VerbOffer[] {
  return [...verbs].sort((a, b) => USED.indexOf(a.name) - USED.indexOf(b.name));
}
