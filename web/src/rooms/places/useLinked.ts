import { watch } from "vue";
import { useI18n } from "vue-i18n";
import type { TownMap } from "@/shared/map/useMap";
import { listOf } from "./listOf";
import type { Listed } from "./parts/PlaceList.vue";
import type { TownMapState } from "./useTownMap";

/** Goes where a link points: to the thing that it names once the map lists it, else to the bare place. */
export function useLinked(town: TownMap, state: TownMapState, choose: (one: Listed | null) => void): void {
  const { t } = useI18n();
  const CLOSE = 17;
  let gone = "";
  const link = () => [state.shown.value.chosen ?? "", state.shown.value.at ?? ""].join();

  const loading = () => state.facilities.busy.value || state.outlines.busy.value;

  function go(): void {
    const { chosen } = state.shown.value;
    const at = state.at.value;
    if (!town.ready.value || gone === link()) return;
    const named = listOf(state, t).find((one) => one.id === chosen);
    if (chosen && !named && loading()) return;
    gone = link();
    if (named) choose(named);
    if (!at) return;
    town.select(at);
    town.fly(at, CLOSE);
  }
  watch([link, town.ready, state.facilities.data, state.facilities.busy, state.outlines.data], go, { immediate: true });
}
