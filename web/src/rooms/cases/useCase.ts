import { computed } from "vue";
import type { CaseDetail, Moment } from "@/api";
import type { Given } from "@/shared/forms/needs";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import { useResource } from "@/shared/states/useResource";
import type { Target } from "@/shared/verbs/useVerbs";

/** One case with its timeline, kept current; `told` is called after an own act. */
export function useCase(id: () => string, told: () => void = () => undefined) {
  const detail = useResource<CaseDetail>((signal) => http.get(`cases/${id()}`, {}, signal), id);
  const timeline = useResource<Moment[]>((signal) => http.get(`cases/${id()}/timeline`, {}, signal), id);
  const target = computed<Target>(() => ({ path: `cases/${id()}`, id: id(), version: detail.data.value?.version ?? 0 }));
  /** What the forms start with: the suggestion of the responsibility table, the class that is already set. */
  const defaults = computed<Given>(() => ({
    class: detail.data.value?.class?.code,
    priority: detail.data.value?.priority,
    department: detail.data.value?.suggested?.department?.id,
  }));
  const parts = computed(() => (detail.data.value?.parts ?? []).filter((part) => !part.lead && !part.ended_at).map((part) => ({ id: part.id, name: part.department?.name ?? "" })));
  const reload = () => Promise.all([detail.reload(), timeline.reload()]);
  useLive(["case"], (ids) => {
    if (ids.size === 0 || ids.has(id())) void reload();
  });
  async function changed(): Promise<void> {
    await reload();
    told();
  }
  return { detail, timeline, target, defaults, parts, changed };
}
