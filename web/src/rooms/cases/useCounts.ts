import { onScopeDispose, ref, type Ref } from "vue";
import type { Page, CaseRow } from "@/api";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import type { DeskView } from "./views";

/** How many cases stand in each tab, kept current. */
export function useCounts(views: readonly DeskView[]): Ref<Record<string, number>> {
  const counts = ref<Record<string, number>>({});
  let gone = false;
  async function load(): Promise<void> {
    for (const view of views) {
      try {
        const page = await http.get<Page<CaseRow>>("cases", { ...view.query, limit: 1 });
        if (gone) return;
        counts.value = { ...counts.value, [view.key]: page.total };
      } catch {
        // A tab without a figure is still a tab.
      }
    }
  }
  void load();
  useLive(["case"], () => void load(), 5_000);
  onScopeDispose(() => (gone = true));
  return counts;
}
