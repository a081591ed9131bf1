import { computed, shallowRef } from "vue";
import type { CaseDetail, CaseRow, Page } from "@/api";
import { http } from "@/shared/http/client";
import { asProblem, type Problem } from "@/shared/http/problem";
import { keepAnswer, keptAnswer } from "@/shared/queue/store";
import { useQueue } from "@/shared/queue/useQueue";

const LIST = "cases?view=phone";
const AHEAD = 40;

/** The tasks of a person, from the server, or without a network from the device, with the age of what is shown. */
export function useTasks(person: string) {
  const rows = shallowRef<CaseRow[]>([]);
  const at = shallowRef<string | null>(null);
  const failed = shallowRef<Problem | null>(null);
  const loading = shallowRef(true);
  const queue = useQueue();
  /** What was done here and is not sent yet is done for the person: it leaves the list at once. */
  const open = computed(() => {
    const done = new Set(queue.waiting.value.map((item) => item.path.split("/")[1]));
    return rows.value.filter((row) => !done.has(row.id));
  });

  async function fetchAhead(tasks: readonly CaseRow[]): Promise<void> {
    for (const task of tasks.slice(0, AHEAD)) {
      await http.get<CaseDetail>(`cases/${task.id}`).then(
        (detail) => keepAnswer(person, `cases/${task.id}`, detail),
        () => undefined,
      );
    }
  }

  async function load(): Promise<void> {
    loading.value = true;
    try {
      const page = await http.get<Page<CaseRow>>("cases", { view: "phone", limit: 100 });
      rows.value = page.items;
      at.value = null;
      failed.value = null;
      await keepAnswer(person, LIST, page.items);
      void fetchAhead(page.items);
    } catch (error) {
      const kept = await keptAnswer<CaseRow[]>(person, LIST);
      rows.value = kept?.data ?? rows.value;
      at.value = kept?.at ?? null;
      failed.value = kept ? null : asProblem(error);
    } finally {
      loading.value = false;
    }
  }

  return { open, at, failed, loading, load };
}

export interface KeptCase {
  detail: CaseDetail;
  /** When it was fetched, if it comes from the device. */
  at: string | null;
}

export async function fetchTask(person: string, id: string): Promise<KeptCase> {
  try {
    const detail = await http.get<CaseDetail>(`cases/${id}`);
    await keepAnswer(person, `cases/${id}`, detail);
    return { detail, at: null };
  } catch (error) {
    const kept = await keptAnswer<CaseDetail>(person, `cases/${id}`);
    if (kept && asProblem(error).status === 0) return { detail: kept.data, at: kept.at };
    throw error;
  }
}
