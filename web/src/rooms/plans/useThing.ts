import { computed, type ComputedRef } from "vue";
import type { Moving, PlanMoment } from "@/api/plans";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import { useResource, type Resource } from "@/shared/states/useResource";
import type { Target } from "@/shared/verbs/useVerbs";

export interface Thing<T> {
  detail: Resource<T>;
  timeline: Resource<PlanMoment[]>;
  target: ComputedRef<Target>;
  reload: () => Promise<unknown>;
}

/** One thing of the room with its timeline, kept current. `things` is its name in addresses, `kind` in the journal. */
export function useThing<T extends Moving>(things: string, kind: string, id: () => string): Thing<T> {
  const detail = useResource<T>((signal) => http.get(`plans/${things}/${id()}`, {}, signal), id);
  const timeline = useResource<PlanMoment[]>((signal) => http.get(`plans/${things}/${id()}/timeline`, {}, signal), id);
  const target = computed<Target>(() => ({ path: `plans/${things}/${id()}`, id: id(), version: detail.data.value?.version ?? 0, kind }));
  const reload = () => Promise.all([detail.reload(), timeline.reload()]);
  useLive([kind], (ids) => {
    if (ids.size === 0 || ids.has(id())) void reload();
  });
  return { detail, timeline, target, reload };
}
