import { ref } from "vue";
import { useI18n } from "vue-i18n";
import type { Acted, VerbOffer } from "@/api";
import { cleaned, type Given } from "@/shared/forms/needs";
import { ask } from "@/shared/http/client";
import { asProblem, type Problem } from "@/shared/http/problem";
import { newId } from "@/shared/ids";
import { useTell } from "@/shared/states/useTell";
import { useVerbWords } from "./words";

export interface Target {
  /** Path below /api/v1: `cases/<id>`. */
  path: string;
  id: string;
  version: number;
  /** What kind of thing it is, where its verbs have words of their own. */
  kind?: string;
}

export type Outcome = "done" | "applied" | "stale" | "refused";

/** Sends verbs: done (200), applied for (202, somebody must agree), stale (409), refused. */
export function useVerbs(changed: (outcome: Outcome, now: unknown) => void) {
  const { t } = useI18n();
  const say = useTell();
  const busy = ref("");
  let key = newId();
  let kind: string | undefined;
  const words = useVerbWords(() => kind);

  async function act(target: Target, verb: VerbOffer, given: Given = {}): Promise<Problem | null> {
    busy.value = verb.name;
    kind = target.kind;
    try {
      const body = { expected: target.version, given: cleaned(given) };
      const answer = await ask<Acted>("POST", `${target.path}/verbs/${verb.name}`, { body, key });
      key = newId();
      const applied = answer.status === 202;
      say.done(t(applied ? "verbs.applied" : "verbs.done", { verb: words.verb(verb.name) }));
      changed(applied ? "applied" : "done", answer.data);
      return null;
    } catch (error) {
      const problem = asProblem(error);
      // Only an unanswered request may be sent again under the same key.
      if (problem.status !== 0) key = newId();
      if (problem.stale) changed("stale", problem.body.current);
      return problem;
    } finally {
      busy.value = "";
    }
  }
  return { act, busy };
}
