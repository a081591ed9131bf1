import type { VerbOffer } from "@/api";

/** One letter for each frequent verb, the same on every desk. */
export const KEY_OF: Record<string, string> = {
  receive: "r",
  accept: "r",
  file: "f",
  dispatch: "d",
  sign: "s",
  assign: "a",
  start: "t",
  answer: "w",
  send_verify: "v",
  verify_pass: "p",
  close: "c",
  reply: "y",
  first_contact: "l",
  urge: "u",
  merge: "m",
  remark: "n",
};

/** The way forward first, help beside it, ways out last. */
const ORDER = [
  "receive", "accept", "file", "dispatch", "arbitrate", "sign", "assign", "start", "answer", "send_verify", "reply",
  "consult", "consent", "approve", "adopt", "put_in_force", "report", "finish", "confirm", "consolidate", "handle", "review_pass",
  "clear", "rectify", "pass", "hold", "issue", "publish", "apply", "inspect", "name", "review", "keep", "freeze",
  "verify_pass", "close", "first_contact", "settle", "check", "part_sign", "part_assign", "part_answer", "resume", "call_back", "rate", "verify_fail",
  "send_back", "ask_check", "merge", "join", "urge", "supervise", "clear_supervision", "contact", "remark", "join_in", "extend",
  "apply_extension", "suspend", "reclassify", "relocate", "reassign", "part_return", "return", "apply_return", "confide",
];

const FORWARD = new Set(ORDER.slice(0, ORDER.indexOf("verify_fail")));

/** Whether a verb is a next step of the flow, and not help beside it or a way out. */
export const isForward = (verb: VerbOffer) => FORWARD.has(verb.name);

export function ordered(verbs: readonly VerbOffer[]): VerbOffer[] {
  const place = (verb: VerbOffer) => {
    const index = ORDER.indexOf(verb.name);
    return index < 0 ? ORDER.length : index;
  };
  return [...verbs].sort((a, b) => place(a) - place(b));
}
