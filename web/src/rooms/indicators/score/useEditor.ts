import { computed, reactive, ref, shallowRef, watch } from "vue";
import type { Checked, Definition, IndicatorDetail, Preview } from "@/api/indicators";
import { http } from "@/shared/http/client";
import { asProblem, type Problem } from "@/shared/http/problem";

const PAUSE = 350;
type Fields = Omit<Required<Definition>, "target" | "source"> & { source: Record<string, unknown> };
type Target = NonNullable<Definition["target"]>;

const EMPTY: Fields = {
  code: "", zh: "", en: "", formula: "", unit: "%", decimals: 1, ascending: true, missing_strategy: "any", least_level: "community",
  frequency: "month", basis: "", group: "", owner_code: "", mode: "tasks", note_zh: "", note_en: "", source: {},
};

const blank = (): Target => ({ comparator: ">=", value: null, value_formula: "", by: null, recurrence: "once", level: "town", baseline: null, baseline_on: null, implicit: false, approx: false });

/** The fields of the editor as an indicator stands. */
export function fieldsOf(one: IndicatorDetail): Fields {
  const kept = Object.fromEntries(Object.keys(EMPTY).map((name) => [name, one[name as keyof IndicatorDetail] ?? EMPTY[name as keyof Fields]]));
  return kept as unknown as Fields;
}

/** A definition being written: checked while one types, tried on the town when it is right, kept as a new version. */
export function useEditor(id: string | undefined) {
  const fields = reactive<Fields>({ ...EMPTY });
  const target = reactive<Target>(blank());
  const before = shallowRef<IndicatorDetail | null>(null);
  const checked = shallowRef<Checked | null>(null);
  const preview = shallowRef<Preview | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  const trying = ref(false);
  const aimed = computed(() => target.value !== null || Boolean(target.value_formula));
  const given = computed(() => ({ ...fields, target: aimed.value ? { ...target } : null }));

  async function load(): Promise<void> {
    if (!id) return;
    try {
      const one = (before.value = await http.get<IndicatorDetail>(`indicators/${id}`));
      Object.assign(fields, fieldsOf(one));
      if (one.target) Object.assign(target, one.target);
    } catch (error) {
      problem.value = asProblem(error);
    }
  }

  let turn = 0;
  let timer = 0;
  async function check(): Promise<void> {
    const mine = ++turn;
    if (!fields.formula.trim()) return void (checked.value = preview.value = null);
    try {
      const found = await http.post<Checked>("indicators/check", { formula: fields.formula, unit: fields.unit });
      if (mine !== turn) return;
      checked.value = found;
      if (found.ok) await attempt(mine);
    } catch (error) {
      if (mine === turn) problem.value = asProblem(error);
    }
  }
  async function attempt(mine: number): Promise<void> {
    trying.value = true;
    try {
      const named = { code: fields.code || "draft", zh: fields.zh || "-" };
      const found = await http.post<Preview>("indicators/preview", { ...given.value, ...named });
      if (mine === turn) preview.value = found;
    } finally {
      if (mine === turn) trying.value = false;
    }
  }
  watch(() => [fields.formula, fields.unit, fields.missing_strategy, fields.frequency, fields.least_level, target.value, target.comparator].join("\n"), () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void check(), PAUSE);
  });

  async function save(): Promise<IndicatorDetail | null> {
    busy.value = true;
    problem.value = null;
    try {
      if (!id) return await http.post<IndicatorDetail>("indicators", given.value);
      return await http.put<IndicatorDetail>(`indicators/${id}`, { ...given.value, expected: before.value?.version });
    } catch (error) {
      problem.value = asProblem(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  void load();
  return { fields, target, before, checked, preview, problem, busy, trying, save };
}

export type Editor = ReturnType<typeof useEditor>;
