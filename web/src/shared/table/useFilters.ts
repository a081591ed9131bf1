import { computed, type WritableComputedRef } from "vue";
import { useRoute, useRouter } from "vue-router";

export type Filters = Record<string, string>;

/** Filters live in the address bar, so that a view can be sent as a link. Only `names` are read and written. */
export function useFilters(names: readonly string[]): WritableComputedRef<Filters> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const found: Filters = {};
      for (const name of names) {
        const value = route.query[name];
        if (typeof value === "string" && value) found[name] = value;
      }
      return found;
    },
    set: (to) => {
      const query = { ...route.query };
      for (const name of names) delete query[name];
      for (const name of names) if (to[name]) query[name] = to[name];
      void router.replace({ query });
    },
  });
}
