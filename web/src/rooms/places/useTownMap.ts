import type { FeatureCollection } from "geojson";
import { computed, ref, shallowRef, watch } from "vue";
import type { AreaChecks, AreaRow, CaseFeatures, CategoryRow, SchemeRow } from "@/api";
import { http } from "@/shared/http/client";
import { useList } from "@/shared/pick/lists";
import { useSession } from "@/shared/session";
import { useResource } from "@/shared/states/useResource";
import { useFilters } from "@/shared/table/useFilters";

/** "121.21,31.4" as a point; null for anything else. */
export function pointOf(text: string): [number, number] | null {
  const [lng, lat, ...more] = text.split(",").map(Number);
  const fits = lng !== undefined && lat !== undefined && more.length === 0 && Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
  return fits && text.trim() !== "" ? [lng, lat] : null;
}

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const listed = (text: string | undefined) => (text ? text.split(",") : []);

/** What the town map shows now. All of it stands in the address bar: a view can be sent as a link. */
export function useTownMap() {
  const shown = useFilters(["roles", "facilities", "cases", "gaps", "chosen", "at", "from", "to"]);
  const schemes = useList<SchemeRow>("places/schemes");
  const areas = useList<AreaRow>("places/areas");
  const categories = useList<CategoryRow>("places/categories");
  const roles = computed(() => listed(shown.value.roles ?? "grid"));
  const kinds = computed(() => listed(shown.value.facilities));
  const box = ref("");
  const session = useSession();
  const casesOn = computed(() => shown.value.cases === "1" && session.can("cases.read"));
  /** Where a link points, as the search gives it: longitude, latitude. */
  const at = computed(() => pointOf(shown.value.at ?? ""));
  /** The days of report that the cases are looked back to; null shows what is open now. */
  const span = computed(() => (shown.value.from && shown.value.to ? { from: shown.value.from, to: shown.value.to } : null));
  const outlines = useResource<FeatureCollection>(
    async (signal) => (roles.value.length > 0 && roles.value[0] !== "none" ? http.get("places/areas.geojson", { role: roles.value }, signal) : NOTHING),
    () => roles.value.join(),
  );
  const facilities = useResource<FeatureCollection>(
    async (signal) => (kinds.value.length > 0 ? http.get("places/facilities.geojson", { category: kinds.value }, signal) : NOTHING),
    () => kinds.value.join(),
  );
  const cases = useResource<CaseFeatures | null>(
    async (signal) => (casesOn.value && box.value ? http.get("cases/map", { bbox: box.value, ...(span.value ?? { view: "open" }) }, signal) : null),
    () => [casesOn.value, box.value, span.value?.from, span.value?.to].join(),
  );
  const checks = shallowRef<AreaChecks | null>(null);
  watch(
    () => shown.value.gaps,
    async (on) => {
      if (on && !checks.value) checks.value = await http.get<AreaChecks>("places/checks").catch(() => null);
    },
    { immediate: true },
  );
  /** After an area was drawn: outlines, names and what is wrong with them. */
  async function redrawn(): Promise<AreaChecks> {
    const [found, rows] = await Promise.all([http.get<AreaChecks>("places/checks"), http.get<AreaRow[]>("places/areas"), outlines.reload()]);
    areas.value = rows;
    return (checks.value = found);
  }
  const set = (name: string, value: string) => (shown.value = { ...shown.value, [name]: value });
  return {
    schemes, areas, categories, roles, kinds, box, casesOn, at, span, outlines, facilities, cases, checks, shown, redrawn,
    setRoles: (to: string[]) => set("roles", to.length > 0 ? to.join() : "none"),
    setKinds: (to: string[]) => set("facilities", to.join()),
    toggle: (name: "cases" | "gaps", on: boolean) => set(name, on ? "1" : ""),
    look: (from: string, to: string) => (shown.value = { ...shown.value, from, to }),
    choose: (id: string | null) => (shown.value = { ...shown.value, chosen: id ?? "", at: "" }),
  };
}

export type TownMapState = ReturnType<typeof useTownMap>;
