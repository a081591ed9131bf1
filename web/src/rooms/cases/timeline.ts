import type { Moment } from "@/api";
import type { Words } from "@/shared/http/problem";

const TREES: Record<string, string> = {
  state: "case.state", before: "case.state", priority: "priority", channel: "channel", verb: "verb", stage: "stage", level: "choice.level", post: "role",
};

/** One line of the timeline in words: the event's own text, filled with its facts in words. */
export function eventWords(moment: Moment, words: Words): string {
  const key = `event.${moment.event}`;
  if (!words.te(key)) return moment.event;
  const filled: Record<string, unknown> = { ...moment.facts };
  for (const [name, tree] of Object.entries(TREES)) {
    const word = `${tree}.${String(moment.facts[name])}`;
    if (words.te(word)) filled[name] = words.t(word, {});
  }
  return words.t(variant(moment, key, words), filled);
}

/** An event whose fact says yes or no may have a text for each. */
function variant(moment: Moment, key: string, words: Words): string {
  for (const name of ["passed", "found", "solved", "confidential", "first"]) {
    const own = `${key}_${String(moment.facts[name])}`;
    if (words.te(own)) return own;
  }
  return key;
}

export function photosOf(moment: Moment): string[] {
  const photos = moment.facts.photos;
  return Array.isArray(photos) ? photos.map(String) : [];
}

/** What was written with it, in the order reason, text, others; null where it was erased. */
export function textsOf(moment: Moment): (string | null)[] {
  const { reason, text, ...others } = moment.texts;
  return [reason, text, ...Object.values(others)].filter((one): one is string | null => one !== undefined && one !== "");
}
