import { computed, ref, watch, type ComputedRef, type Ref } from "vue";
import { useRoute, useRouter } from "vue-router";
import type { CaseRow, Page } from "@/api";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import { useFilters } from "@/shared/table/useFilters";
import { usePages, type Pages } from "@/shared/table/usePages";
import type { DeskView } from "./views";

export const FILTERS = ["q", "class", "channel", "grid", "community", "department", "light", "from", "to"] as const;

export interface Desk {
  view: ComputedRef<DeskView>;
  setView: (key: string) => void;
  filters: ReturnType<typeof useFilters>;
  pages: Pages<CaseRow>;
  selected: Ref<string | null>;
  /** Moves the selection by so many rows. */
  step: (by: number) => void;
  /** Rows that came or changed since the last look. */
  fresh: Ref<ReadonlySet<string>>;
}

/** A queue of cases with its tab, filters and one selection, all in the address bar, kept current by live updates. */
export function useDesk(views: readonly DeskView[]): Desk {
  const route = useRoute();
  const router = useRouter();
  const filters = useFilters(FILTERS);
  const fresh = ref<ReadonlySet<string>>(new Set());
  const view = computed(() => views.find((one) => one.key === route.query.view) ?? (views[0] as DeskView));
  const put = (name: string, value: string | undefined) => router.replace({ query: { ...route.query, [name]: value } });
  const selected = computed({
    get: () => (typeof route.query.case === "string" ? route.query.case : null),
    set: (id) => void put("case", id ?? undefined),
  });
  const pages = usePages<CaseRow>(
    (cursor, limit) => http.get<Page<CaseRow>>("cases", { ...view.value.query, ...filters.value, cursor, limit }),
    () => JSON.stringify([view.value.key, filters.value]),
  );

  function step(by: number): void {
    const rows = pages.rows.value;
    const here = rows.findIndex((row) => row.id === selected.value);
    const next = rows[Math.max(0, Math.min(rows.length - 1, here < 0 ? 0 : here + by))];
    if (next) selected.value = next.id;
    if (here + by > rows.length - 10) void pages.further();
  }
  useLive(["case"], async (ids) => {
    await pages.refresh();
    fresh.value = ids;
  });
  // When the chosen case leaves the queue, the next one in its place is taken: the work goes on.
  let place = 0;
  watch(pages.rows, (rows) => {
    const here = rows.findIndex((row) => row.id === selected.value);
    if (here >= 0) place = here;
  });
  watch(selected, (id) => (place = Math.max(0, pages.rows.value.findIndex((row) => row.id === id))));
  const advance = () => {
    const rows = pages.rows.value;
    if (rows.some((row) => row.id === selected.value)) return;
    selected.value = rows[Math.min(place, rows.length - 1)]?.id ?? null;
  };
  return {
    view,
    setView: (key) => void router.replace({ query: { ...route.query, view: key, case: undefined } }),
    filters,
    pages: { ...pages, refresh: () => pages.refresh().then(advance) },
    selected,
    step,
    fresh,
  };
}
