import { shallowRef, watch, type ShallowRef } from "vue";
import { http } from "@/shared/http/client";
import { useSession } from "@/shared/session";

const kept = new Map<string, ShallowRef<unknown>>();

/** A short list that changes seldom (departments, classes), asked once per login and shared by all pickers. */
export function useList<T>(path: string): ShallowRef<T[]> {
  const session = useSession();
  const here = kept.get(path);
  if (here) return here as ShallowRef<T[]>;
  const list = shallowRef<T[]>([]);
  kept.set(path, list);
  const load = () =>
    http.get<T[] | { items: T[] }>(path).then(
      (found) => (list.value = Array.isArray(found) ? found : found.items),
      () => kept.delete(path),
    );
  watch(() => session.me?.person.id, () => kept.delete(path));
  void load();
  return list;
}
