import { shallowRef, type ShallowRef } from "vue";
import type { Standards } from "@/api";
import { http } from "@/shared/http/client";

const standards = shallowRef<Standards | null>(null);
let asking = false;

/** The classes of case with their standards, asked once. */
export function useStandards(): ShallowRef<Standards | null> {
  if (!standards.value && !asking) {
    asking = true;
    http.get<Standards>("cases/classes").then(
      (found) => (standards.value = found),
      () => (asking = false),
    );
  }
  return standards;
}
