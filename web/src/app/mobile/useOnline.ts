import { onScopeDispose, shallowRef, type ShallowRef } from "vue";

/** Whether the device believes to have a network; the queue finds out for itself. */
export function useOnline(): ShallowRef<boolean> {
  const online = shallowRef(navigator.onLine);
  const look = () => (online.value = navigator.onLine);
  addEventListener("online", look);
  addEventListener("offline", look);
  onScopeDispose(() => {
    removeEventListener("online", look);
    removeEventListener("offline", look);
  });
  return online;
}
