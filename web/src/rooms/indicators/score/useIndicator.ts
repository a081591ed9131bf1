import type { FeatureCollection } from "geojson";
import { computed } from "vue";
import type { AreaFigure, FailingList, IndicatorDetail, IndicatorGap, PeriodFigure, Threshold } from "@/api/indicators";
import type { Page } from "@/shared/table/usePages";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import { useResource } from "@/shared/states/useResource";
import { useFilters } from "@/shared/table/useFilters";

const MOST = 2000;

/** All that the page of one indicator shows; area, level and period stand in the address bar. */
export function useIndicator(id: () => string) {
  const filters = useFilters(["area", "level", "period"]);
  const area = computed(() => filters.value.area ?? "");
  const level = computed(() => filters.value.level ?? "grid");
  const period = computed(() => filters.value.period ?? "");
  const at = () => `${id()} ${area.value}`;
  const of = () => `${id()} ${level.value} ${period.value}`;
  const query = computed(() => ({ area: area.value }));
  const one = useResource<IndicatorDetail>((signal) => http.get(`indicators/${id()}`, query.value, signal), at);
  const history = useResource<PeriodFigure[]>((signal) => http.get(`indicators/${id()}/history`, query.value, signal), at);
  const values = useResource<AreaFigure[]>((signal) => http.get(`indicators/${id()}/values`, { level: level.value, period: period.value }, signal), of);
  const shapes = useResource<FeatureCollection>((signal) => http.get(`indicators/${id()}/values.geojson`, { level: level.value, period: period.value }, signal), of);
  const failing = useResource<FailingList>((signal) => http.get(`indicators/${id()}/failing`, { ...query.value, limit: MOST }, signal), at);
  const spots = useResource<FeatureCollection>((signal) => http.get(`indicators/${id()}/failing.geojson`, query.value, signal), at);
  const gaps = useResource<Page<IndicatorGap>>((signal) => http.get("indicators/gaps", { indicator: id(), limit: 100 }, signal), id);
  const limits = useResource<Threshold[]>((signal) => http.get("indicators/thresholds", {}, signal));
  const set = (name: string, value: string) => (filters.value = { ...filters.value, [name]: value });
  async function again(): Promise<void> {
    await Promise.all([one.reload(), history.reload(), values.reload(), shapes.reload(), gaps.reload()]);
  }
  useLive(["indicator", "gap"], () => void again(), 5_000);
  return { area, level, period, one, history, values, shapes, failing, spots, gaps, limits, set, again };
}

export type IndicatorState = ReturnType<typeof useIndicator>;

/** The limits of standards that a formula stands on: those of the categories that it counts. */
export function limitsOf(formula: string, all: readonly Threshold[]): Threshold[] {
  const words = new Set(formula.split(/[^\w]+/));
  return all.filter((one) => one.category !== "" && words.has(one.category));
}
