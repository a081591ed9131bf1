import { onScopeDispose, ref, shallowRef } from "vue";
import type { JobRow } from "@/api";
import type { SitingAnswer, SitingAsk, SitingOut } from "@/api/circle";
import { http } from "@/shared/http/client";
import { useTell } from "@/shared/states/useTell";

const PACE = 500; // milliseconds between two looks at the proof
const ENDED = new Set(["done", "failed", "cancelled"]);

/** Asks for sites: the first answer at once, then the proof as it comes. */
export function useSiting() {
  const say = useTell();
  const answer = shallowRef<SitingAnswer | null>(null);
  const job = shallowRef<JobRow | null>(null);
  const busy = ref(false);
  let run = 0;

  async function ask(wish: Partial<SitingAsk> & { category: string }): Promise<void> {
    const mine = ++run;
    busy.value = true;
    job.value = null;
    try {
      const found = await http.post<SitingOut>("indicators/siting", wish);
      if (mine !== run) return;
      answer.value = found.answer;
      if (found.job) void follow(found.job, mine);
    } catch (error) {
      say.refused(error);
    } finally {
      if (mine === run) busy.value = false;
    }
  }
  async function follow(id: string, mine: number): Promise<void> {
    const now = await http.get<JobRow>(`kernel/jobs/${id}`).catch(() => null);
    if (mine !== run) return;
    job.value = now;
    if (now?.state === "done") answer.value = now.result as unknown as SitingAnswer;
    if (!now || !ENDED.has(now.state)) setTimeout(() => void follow(id, mine), PACE);
  }
  async function stop(): Promise<void> {
    const one = job.value;
    if (one) await http.post(`kernel/jobs/${one.id}/cancel`, { expected: null }).catch(say.refused);
  }
  onScopeDispose(() => run++);
  return { answer, job, busy, ask, stop };
}

export type SitingState = ReturnType<typeof useSiting>;
