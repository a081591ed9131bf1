import type { FeatureCollection } from "geojson";
import type { MapMouseEvent } from "maplibre-gl";
import { computed, ref, shallowRef, watch, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import type { SitingAnswer, SitingSite } from "@/api/circle";
import { http } from "@/shared/http/client";
import type { TownMap } from "@/shared/map/useMap";
import { useResource } from "@/shared/states/useResource";
import { GAINS, gainsLayer } from "../layers/gains";
import { sitesLayer, type Site } from "../layers/sites";
import { coloured, planOf, type Shown } from "./gains";
import { differing } from "./reach";
import type { Hovered } from "./useCircleMap";

type Point = [number, number];

/** The answer on the map: homes by what they gain, sites with what each brings, picks of one's own beside them. */
export function useGainMap(answer: Ref<SitingAnswer | null>, category: Ref<string>) {
  const { t, n } = useI18n();
  const town = shallowRef<TownMap | null>(null);
  const own = ref<Point[]>([]);
  const picking = ref(false);
  const shown = ref<Shown>("proposed");
  const focus = ref<number | null>(null);
  const hovered = shallowRef<Hovered | null>(null);
  const homes = useResource<FeatureCollection>((signal) => http.get("indicators/circle/buildings.geojson", {}, signal));
  const standing = useResource<FeatureCollection>((signal) => http.get("places/facilities.geojson", { category: category.value }, signal), () => category.value);
  const plan = computed(() => (answer.value ? planOf(answer.value, shown.value) : null));
  const fresh = computed(() => (homes.data.value as { stamp?: string } | null)?.stamp === answer.value?.stamp);
  const painted = computed(() => (plan.value && fresh.value ? coloured(plan.value, focus.value) : null));
  watch(answer, (now) => {
    focus.value = null;
    if (!now?.own) shown.value = "proposed";
    if (now && homes.data.value && !fresh.value) void homes.reload();
  });
  watch(shown, () => (focus.value = null));

  const sites = computed<Site[]>(() => {
    const stands = (standing.data.value?.features ?? []).flatMap((one): Site[] => {
      const said = one.properties as { id: string; name: string; state: string };
      return one.geometry.type === "Point" && said.state === "in_service" ? [{ id: said.id, name: said.name, kind: "stands", sign: "", point: one.geometry.coordinates as Point }] : [];
    });
    const brings = (one: SitingSite) => (one.alone > 0 ? t("siting.brings", { people: n(one.alone) }) : t("siting.brings_nearer", { people: n(one.nearer) }));
    const proposed = (answer.value?.sites ?? []).map((one, at): Site => ({ id: `site-${at}`, name: one.label, kind: "site", sign: String(at + 1), note: shown.value === "proposed" ? brings(one) : "", point: [one.point[0], one.point[1]] }));
    const told = answer.value?.own?.sites ?? [];
    const picked = own.value.map((point, at): Site => ({ id: `own-${at}`, name: "", kind: "own", sign: t("siting.own_sign", { number: at + 1 }), note: shown.value === "own" && told[at] ? brings(told[at]) : "", point }));
    return [...stands, ...proposed, ...picked];
  });

  let drawn: Uint8Array | null = null;
  function repaint(): void {
    const map = town.value?.map.value;
    if (!map?.getSource(GAINS) || !painted.value) return;
    for (const home of differing(drawn, painted.value)) map.setFeatureState({ source: GAINS, id: home }, { k: painted.value[home] });
    drawn = painted.value;
  }
  const under = (event: MapMouseEvent, layer: string) => (town.value?.map.value?.getLayer(layer) ? town.value.map.value.queryRenderedFeatures(event.point, { layers: [layer] })[0] : undefined);
  function hover(event: MapMouseEvent): void {
    const found = picking.value || !plan.value ? undefined : under(event, "gains-fill");
    const said = found?.properties as { n: string; c: string; p: number } | undefined;
    hovered.value = found && said ? { home: Number(found.id), name: said.n, compound: said.c, people: said.p, x: event.point.x, y: event.point.y } : null;
  }

  /** A click picks a place, or takes a pick away; on a site it looks at what that brings; elsewhere at the whole again. */
  function clicked(event: MapMouseEvent): void {
    const [kind, at] = String(under(event, "sites-dot")?.properties.id ?? "").split("-");
    const number = Number(at);
    if (picking.value) own.value = kind === "own" ? own.value.toSpliced(number, 1) : [...own.value, event.lngLat.toArray() as Point];
    else if (kind === "site" || (kind === "own" && answer.value?.own)) look(kind === "own" ? "own" : "proposed", number);
    else focus.value = null;
    hover(event);
  }
  /** Looks at one site of a plan; at the whole plan again where it was looked at already. */
  function look(of: Shown, site: number): void {
    const again = shown.value === of && focus.value === site;
    shown.value = of;
    queueMicrotask(() => (focus.value = again ? null : site));
  }
  function use(made: TownMap): void {
    town.value = made;
    // Drawn before anything is asked, in the ground's own colour: an answer then only repaints.
    watch(homes.data, (data) => {
      drawn = null;
      if (data) made.show(GAINS, (paint) => gainsLayer(data, paint));
      repaint();
    }, { immediate: true });
    watch([made.map, made.ready], ([map]) => {
      map?.on("mousemove", hover);
      map?.on("mouseout", () => (hovered.value = null));
      map?.on("click", clicked);
      map?.on("style.load", () => { drawn = null; });
      map?.on("sourcedata", (event) => event.sourceId === GAINS && event.isSourceLoaded && repaint());
    }, { once: true });
    watch(painted, repaint);
    watch(sites, (all) => made.show("sites", all.length > 0 ? (paint) => sitesLayer(all, paint) : null), { immediate: true });
  }
  return { use, town, own, picking, shown, focus, hovered, plan, look, homes };
}

export type GainMap = ReturnType<typeof useGainMap>;
