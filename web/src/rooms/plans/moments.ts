import type { PlanMoment } from "@/api/plans";

interface Words {
  t: (key: string, params: Record<string, unknown>) => string;
  te: (key: string) => boolean;
}

/** One event in words: the verb that was taken, or what the event says with its facts filled in. */
export function momentWords(kind: string, entry: Pick<PlanMoment, "event" | "facts">, words: Words): string {
  const name = entry.event.replace(/^plans\./, "");
  const key = `plan.event.${name}`;
  const verb = `verb_of.${kind}.${String(entry.facts.verb ?? "")}`;
  if (words.te(verb) && !words.te(key)) return words.t(verb, {});
  if (!words.te(key)) return name;
  return words.t(key, filled(entry.facts, words));
}

/** Codes among the facts in words: lights, answers, lists of fields. */
function filled(facts: Record<string, unknown>, words: Words): Record<string, unknown> {
  const say = (tree: string, value: unknown) => (words.te(`${tree}.${String(value)}`) ? words.t(`${tree}.${String(value)}`, {}) : String(value ?? ""));
  const fields = Array.isArray(facts.fields) ? facts.fields.map((name) => say("plan.field", name)).join(words.t("plan.comma", {})) : facts.fields;
  return { ...facts, light: say("plan.light", facts.light), before: say("plan.light", facts.before), answer: say("plan.consent", facts.answer), fields };
}
