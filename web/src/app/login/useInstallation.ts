import { shallowRef, type ShallowRef } from "vue";
import type { Installation } from "@/api";
import { http } from "@/shared/http/client";

const installation = shallowRef<Installation | null>(null);
let asked = false;

/** What the server tells everyone before login: whose house this is, and which doors it has. */
export function useInstallation(): { installation: ShallowRef<Installation | null> } {
  if (!asked) {
    asked = true;
    // Without it the form still works: name and password are always a door.
    http.get<Installation>("accounts/installation").then(
      (found) => (installation.value = found),
      () => (asked = false),
    );
  }
  return { installation };
}
