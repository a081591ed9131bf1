import type { Moment } from "@/api";
import { factsInWords } from "@/shared/facts";
import type { Words } from "@/shared/http/problem";

/** One line of the timeline in words: the event's own text, filled with its facts in words. */
export function eventWords(moment: Moment, words: Words): string {
  const key = `event.${moment.event}`;
  if (!words.te(key)) return moment.event;
  return words.t(variant(moment, key, words), { ...factsInWords(moment.facts, words), ...moment.names });
}

/** An event whose fact says yes or no may have a text for each. */
function variant(moment: Moment, key: string, words: Words): string {
  for (const name of ["department", "person"]) {
    const own = `${key}_to_${name}`;
    if (moment.names[name] && words.te(own)) return own;
  }
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
  // What was reported stands above, as the text of the case.
  if (moment.event === "cases.reported") return [];
  const { reason, text, ...others } = moment.texts;
  return [reason, text, ...Object.values(others)].filter((one): one is string | null => one !== undefined && one !== "");
}
