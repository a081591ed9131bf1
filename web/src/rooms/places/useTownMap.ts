import type { FeatureCollection } from "geojson";
import { computed, ref, shallowRef, watch } from "vue";
import type { AreaChecks, AreaRow, CaseFeatures, CategoryRow, SchemeRow } from "@/api";
import { http } from "@/shared/http/client";
import { useList } from "@/shared/pick/lists";
import { useResource } from "@/shared/states/useResource";
import { useFilters } from "@/shared/table/useFilters";

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const listed = (text: string | undefined) => (text ? text.split(",") : []);

/** What the town map shows now. All of it stands in the address bar: a view can be sent as a link. */
export function useTownMap() {
  const shown = useFilters(["roles", "facilities", "cases", "gaps", "chosen"]);
  const schemes = useList<SchemeRow>("places/schemes");
  const areas = useList<AreaRow>("places/areas");
  const categories = useList<CategoryRow>("places/categories");
  const roles = computed(() => listed(shown.value.roles ?? "grid"));
  const kinds = computed(() => listed(shown.value.facilities));
  const box = ref("");
  const outlines = useResource<FeatureCollection>(
    async (signal) => (roles.value.length > 0 && roles.value[0] !== "none" ? http.get("places/areas.geojson", { role: roles.value }, signal) : NOTHING),
    () => roles.value.join(),
  );
  const facilities = useResource<FeatureCollection>(
    async (signal) => (kinds.value.length > 0 ? http.get("places/facilities.geojson", { category: kinds.value }, signal) : NOTHING),
    () => kinds.value.join(),
  );
  const cases = useResource<CaseFeatures | null>(
    async (signal) => (shown.value.cases && box.value ? http.get("cases/map", { bbox: box.value, view: "open" }, signal) : null),
    () => [shown.value.cases, box.value].join(),
  );
  const checks = shallowRef<AreaChecks | null>(null);
  watch(
    () => shown.value.gaps,
    async (on) => {
      if (on && !checks.value) checks.value = await http.get<AreaChecks>("places/checks").catch(() => null);
    },
    { immediate: true },
  );
  const set = (name: string, value: string) => (shown.value = { ...shown.value, [name]: value });
  return {
    schemes, areas, categories, roles, kinds, box, outlines, facilities, cases, checks, shown,
    setRoles: (to: string[]) => set("roles", to.length > 0 ? to.join() : "none"),
    setKinds: (to: string[]) => set("facilities", to.join()),
    toggle: (name: "cases" | "gaps", on: boolean) => set(name, on ? "1" : ""),
    choose: (id: string | null) => set("chosen", id ?? ""),
  };
}

export type TownMapState = ReturnType<typeof useTownMap>;
