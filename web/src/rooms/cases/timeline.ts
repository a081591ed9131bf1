import type { TimelineEntry } from "@/api";
import type { Words } from "@/shared/http/problem";

/** One line of the timeline in words: the event's own text, filled with its facts. */
export function eventWords(entry: TimelineEntry, words: Words): string {
  const key = `event.${entry.event}`;
  if (!words.te(key)) return entry.event;
  return words.t(key, plainFacts(entry.facts, words));
}

function plainFacts(facts: Record<string, unknown>, words: Words): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...facts };
  for (const [name, tree] of [["state", "case.state"], ["before", "case.state"], ["priority", "priority"], ["channel", "channel"], ["verb", "verb"]] as const) {
    const key = `${tree}.${String(facts[name])}`;
    if (words.te(key)) filled[name] = words.t(key, {});
  }
  return filled;
}
