import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";
import { asProblem, type Problem } from "@/shared/http/problem";

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  more: boolean;
}

export interface Pages<T> {
  rows: ShallowRef<T[]>;
  total: Ref<number>;
  atLeast: Ref<boolean>;
  ready: Ref<boolean>;
  slow: Ref<boolean>;
  busy: Ref<boolean>;
  problem: ShallowRef<Problem | null>;
  hasNext: ComputedRef<boolean>;
  /** Loads from the first row again, as many pages as were shown, without emptying the screen. */
  refresh: () => Promise<void>;
  further: () => Promise<void>;
}

type Load<T> = (cursor: string | null, limit: number) => Promise<Page<T>>;
const LARGEST = 200;

/** A list by key: loads the first page, further ones on demand, and all shown ones again when something happened. */
export function usePages<T>(load: Load<T>, depends?: () => unknown, limit = 50): Pages<T> {
  const rows = shallowRef<T[]>([]);
  const next = ref<string | null>(null);
  const total = ref(0);
  const atLeast = ref(false);
  const ready = ref(false);
  const slow = ref(false);
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);
  let turn = 0;

  function take(page: Page<T>, before: T[]): void {
    rows.value = [...before, ...page.items];
    next.value = page.next;
    total.value = page.total;
    atLeast.value = page.more;
    ready.value = true;
  }

  async function fetchPage(cursor: string | null, size: number, before: T[]): Promise<void> {
    const mine = ++turn;
    busy.value = true;
    const timer = setTimeout(() => (slow.value = !ready.value), 200);
    try {
      const page = await load(cursor, size);
      if (mine !== turn) return;
      take(page, before);
      problem.value = null;
    } catch (error) {
      if (mine === turn) problem.value = asProblem(error);
    } finally {
      clearTimeout(timer);
      if (mine === turn) busy.value = slow.value = false;
    }
  }

  const refresh = () => fetchPage(null, Math.min(LARGEST, Math.max(limit, rows.value.length)), []);
  const further = async () => {
    if (next.value && !busy.value) await fetchPage(next.value, limit, rows.value);
  };
  if (depends) {
    watch(depends, () => {
      rows.value = [];
      ready.value = false;
      void fetchPage(null, limit, []);
    });
  }
  void fetchPage(null, limit, []);
  return { rows, total, atLeast, ready, slow, busy, problem, hasNext: computed(() => next.value !== null), refresh, further };
}
