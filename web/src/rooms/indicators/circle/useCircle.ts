import type { FeatureCollection } from "geojson";
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import type { Age, CircleTried, CircleWhole } from "@/api/circle";
import { http } from "@/shared/http/client";
import { useResource } from "@/shared/states/useResource";
import { useTell } from "@/shared/states/useTell";
import { useFilters } from "@/shared/table/useFilters";
import { asked, read, withChange, written, type Change } from "./changes";
import { classes, decoded, type ColourBy, type Decoded } from "./reach";

const AGES: readonly Age[] = ["child", "adult", "old"];
const pointOf = (text: string | undefined): [number, number] | null => {
  const [lng, lat] = (text ?? "").split(",").map(Number);
  return lng !== undefined && lat !== undefined && Number.isFinite(lng) && Number.isFinite(lat) ? [lng, lat] : null;
};

/** The life circle as the page shows it; all that was chosen stands in the address bar. */
export function useCircle() {
  const shown = useFilters(["age", "kinds", "by", "at", "changes"]);
  const set = (name: string, value: string) => (shown.value = { ...shown.value, [name]: value });
  const age = computed<Age>({ get: () => AGES.find((one) => one === shown.value.age) ?? "adult", set: (to) => set("age", to === "adult" ? "" : to) });
  const by = computed<ColourBy>({ get: () => (shown.value.by === "missing" ? "missing" : "minutes"), set: (to) => set("by", to === "minutes" ? "" : to) });
  const at = computed({ get: () => pointOf(shown.value.at), set: (to) => set("at", to ? to.map((one) => one.toFixed(6)).join() : "") });

  const whole = useResource<CircleWhole>((signal) => http.get("indicators/circle", { age: age.value }, signal), () => age.value);
  const homes = useResource<FeatureCollection>((signal) => http.get("indicators/circle/buildings.geojson", {}, signal));

  const changes = computed({ get: () => read(shown.value.changes), set: (to: Change[]) => set("changes", written(to)) });
  /** What is being dragged now: tried, but not in the list yet. */
  const draft = shallowRef<Change | null>(null);
  const tried = shallowRef<CircleTried | null>(null);
  const took = ref(0);
  const tell = useTell();
  const wanted = computed(() => (draft.value ? withChange(changes.value, draft.value) : changes.value));
  let asking = false;
  let stale = false;
  let gone = false;

  /** One question at a time; when it is answered, the newest list is asked if it changed meanwhile. */
  async function attempt(): Promise<void> {
    if (asking) return void (stale = true);
    const list = wanted.value;
    if (list.length === 0) return void (tried.value = null);
    asking = true;
    const begun = performance.now();
    try {
      const answer = await http.post<CircleTried>("indicators/circle/try", { age: age.value, ...asked(list) });
      if (!gone && wanted.value.length > 0) tried.value = answer;
      took.value = performance.now() - begun;
    } catch (error) {
      tell.refused(error);
      if (!draft.value) changes.value = list.slice(0, -1);
    } finally {
      asking = false;
    }
    if (stale && !gone) {
      stale = false;
      void attempt();
    }
  }
  watch([() => written(wanted.value), age], () => void attempt(), { immediate: true });
  onScopeDispose(() => (gone = true));

  const before = computed<Decoded[]>(() => (whole.data.value?.categories ?? []).map(decoded));
  const rows = computed<Decoded[]>(() => {
    const other = new Map((tried.value?.categories ?? []).map((one) => [one.category, decoded(one)]));
    return before.value.map((one) => other.get(one.category) ?? one);
  });
  const kinds = computed<string[]>({
    get: () => (shown.value.kinds ? shown.value.kinds.split(",") : before.value.some((one) => one.category === "childcare") ? ["childcare"] : before.value.slice(0, 1).map((one) => one.category)),
    set: (to) => set("kinds", to.join()),
  });
  const looked = computed(() => rows.value.filter((one) => kinds.value.includes(one.category)));
  const painted = computed(() => classes(looked.value, by.value, whole.data.value?.buildings ?? 0));
  return { age, by, at, whole, homes, changes, draft, tried, took, before, rows, kinds, looked, painted, change: (next: Change) => (changes.value = withChange(changes.value, next)), setChanges: (to: Change[]) => (changes.value = to), setKinds: (to: string[]) => (kinds.value = to), setAge: (to: Age) => (age.value = to), setBy: (to: ColourBy) => (by.value = to) };
}

export type CircleState = ReturnType<typeof useCircle>;
