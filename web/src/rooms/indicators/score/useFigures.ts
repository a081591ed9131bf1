import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { IndicatorTarget, ScoreCard } from "@/api/indicators";
import { sign } from "./figures";

interface Named {
  zh: string;
  en?: string | null;
}

/** Figures, targets and names in the reader's language. */
export function useFigures() {
  const { t, te, tm, n, locale } = useI18n();
  const named = (one: Named) => (locale.value === "en" ? one.en || one.zh : one.zh);
  const figure = (value: number | null | undefined, decimals = 1) => (value === null || value === undefined ? "—" : n(value, { maximumFractionDigits: decimals }));
  const list = (names: readonly string[]) => names.join(t("ind.comma"));
  const group = (code: string) => (te(`ind.group.${code}`) ? t(`ind.group.${code}`) : code || t("ind.group.other"));
  const level = (role: string) => (te(`ind.level.${role}`) ? t(`ind.level.${role}`) : role);
  const units = computed(() => tm("ind.unit") as Record<string, string>);
  const unit = (code: string) => units.value[code] ?? code;
  function target(one: Pick<IndicatorTarget, "comparator" | "value" | "approx"> | null, decimals: number): string {
    if (!one) return "—";
    if (one.value === null) return t("ind.target_measured");
    return `${one.approx ? t("ind.about") : ""}${sign(one.comparator)} ${figure(one.value, decimals)}`;
  }
  /** Why a figure is not known, and what would mend it. */
  function why(card: Pick<ScoreCard, "reason"> & Partial<Pick<ScoreCard, "missing">>): string {
    const missing = card.missing ?? [];
    if (missing.length > 0) return t("ind.missing", { names: list(missing.map(named)) });
    return card.reason && te(`ind.reason.${card.reason}`) ? t(`ind.reason.${card.reason}`) : "";
  }
  return { named, list, figure, group, level, unit, target, why };
}
