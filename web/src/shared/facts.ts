import type { Words } from "./http/problem";

const TREES: Record<string, string> = {
  state: "case.state", before: "case.state", priority: "priority", channel: "channel", verb: "verb", stage: "stage", level: "choice.level", post: "role",
};

/** Facts of an event with their codes in words, to fill a text with. */
export function factsInWords(facts: Readonly<Record<string, unknown>>, words: Words): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...facts };
  for (const [name, tree] of Object.entries(TREES)) {
    const key = `${tree}.${String(facts[name])}`;
    if (words.te(key)) filled[name] = words.t(key, {});
  }
  return filled;
}
