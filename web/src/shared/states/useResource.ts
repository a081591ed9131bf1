import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { asProblem, type Problem } from "@/shared/http/problem";

export interface Resource<T> {
  data: ShallowRef<T | null>;
  problem: ShallowRef<Problem | null>;
  /** True 200 ms after a first load began: skeletons do not flash. */
  slow: Ref<boolean>;
  busy: Ref<boolean>;
  reload: () => Promise<void>;
}

/**
 * Loads something and keeps it; loads again when `depends` changes. The last good answer stays on the screen while a
 * newer one is on its way, and an overtaken answer is dropped.
 */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>, depends?: () => unknown): Resource<T> {
  const data = shallowRef<T | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const slow = ref(false);
  const busy = ref(false);
  let running: AbortController | null = null;

  async function reload(): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    busy.value = true;
    const timer = setTimeout(() => (slow.value = true), 200);
    try {
      const answer = await load(mine.signal);
      if (mine !== running) return;
      data.value = answer;
      problem.value = null;
    } catch (error) {
      if (mine === running) problem.value = asProblem(error);
    } finally {
      clearTimeout(timer);
      if (mine === running) busy.value = slow.value = false;
    }
  }

  if (depends) watch(depends, reload);
  void reload();
  onScopeDispose(() => {
    running?.abort();
    running = null;
  });
  return { data, problem, slow, busy, reload };
}
