import { shallowRef, type ShallowRef } from "vue";
import { http } from "@/shared/http/client";
import { useSession } from "@/shared/session";

const kept = new Map<string, ShallowRef<unknown>>();

/** A short list that changes seldom (departments, areas), asked once for each person and shared by all pickers. */
export function useList<T>(path: string): ShallowRef<T[]> {
  const key = `${useSession().me?.person.id ?? ""} ${path}`;
  const here = kept.get(key);
  if (here) return here as ShallowRef<T[]>;
  const list = shallowRef<T[]>([]);
  kept.set(key, list);
  http.get<T[] | { items: T[] }>(path).then(
    (found) => (list.value = Array.isArray(found) ? found : found.items),
    () => kept.delete(key),
  );
  return list;
}
