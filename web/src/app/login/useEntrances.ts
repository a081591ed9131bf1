import { shallowRef, type ShallowRef } from "vue";
import type { Entrances } from "@/api";
import { http } from "@/shared/http/client";

const entrances = shallowRef<Entrances | null>(null);
let asked = false;

/** Which ways lead in; asking also brings the CSRF token that the login needs. */
export function useEntrances(): ShallowRef<Entrances | null> {
  if (!asked) {
    asked = true;
    void http.get("accounts/csrf").catch(() => undefined);
    // Without an answer the form still works: name and password are always a way.
    http.get<Entrances>("accounts/entrances").then(
      (found) => (entrances.value = found),
      () => (asked = false),
    );
  }
  return entrances;
}
