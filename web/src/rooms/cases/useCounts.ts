import { computed, type ComputedRef } from "vue";
import type { CaseCounts } from "@/api";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import { useResource } from "@/shared/states/useResource";
import { sum } from "./figures";
import type { DeskView } from "./views";

/** The figure of a tab: of its states, or of the view that the server knows; the states of all that is open add up to it. */
export function figureOf(view: DeskView, counts: CaseCounts): number | undefined {
  if (view.key === "open") return sum(counts) ?? undefined;
  if (!view.states) return counts.views[view.key];
  return view.states.reduce((sum, state) => sum + (counts.states[state] ?? 0), 0);
}

/** The view that tabs of states are a part of: of a desk of orders the orders, else all that is open. */
export const baseOf = (views: readonly DeskView[]) => views.find((view) => view.states && view.query.view)?.query.view ?? "open";

/** How many cases stand in each tab: kept current by live updates, and at once after an act of one's own (`acts` counts them). */
export function useCounts(views: readonly DeskView[], acts: () => number): ComputedRef<Record<string, number | undefined>> {
  const also = views.filter((view) => !view.states && view.key !== "open").map((view) => view.key).join();
  const { data, reload } = useResource<CaseCounts>((signal) => http.get("cases/counts", { view: baseOf(views), also }, signal), acts);
  useLive(["case"], () => void reload(), 5_000);
  return computed(() => {
    const counts = data.value;
    return Object.fromEntries(views.map((view) => [view.key, counts ? figureOf(view, counts) : undefined]));
  });
}
