import { computed, ref, shallowRef } from "vue";
import type { ImportReading, JobRow } from "@/api";
import { http } from "@/shared/http/client";
import { useTried } from "@/shared/http/tried";

export const IMPORT_LAYERS = ["facilities", "buildings", "areas", "gaps", "grounds", "populations", "names", "osm"] as const;
export const SYSTEMS = ["wgs84", "cgcs2000", "gcj02", "bd09", "webmercator", "local"] as const;

/** One column of the file: the field that it fills, how sure the guess was, and what was said instead. */
export interface ColumnChoice {
  heading: string;
  field: string;
  sure: number | null;
}

/** The columns of a file with the fields that they fill. */
export function choicesOf(reading: ImportReading): ColumnChoice[] {
  const fieldOf = new Map(Object.entries(reading.columns).map(([field, heading]) => [heading, field]));
  return reading.headings.map((heading) => {
    const field = fieldOf.get(heading) ?? "";
    return { heading, field, sure: field ? (reading.sure[field] ?? null) : null };
  });
}

/** What a person said about a column, as the server takes it; an empty field leaves the column out. */
export function mapsWith(maps: readonly string[], heading: string, field: string): string[] {
  return [...maps.filter((one) => !one.startsWith(`${heading}=`)), `${heading}=${field}`];
}

export type Step = "file" | "check" | "run";

/** An import from the file to its rows: sent, read, corrected, tried dry, then done by the worker. */
export function useImporting() {
  const step = ref<Step>("file");
  const file = shallowRef<{ id: string; name: string } | null>(null);
  const layer = ref<string>("facilities");
  const town = ref("");
  const system = ref("");
  const source = ref("");
  const complete = ref(false);
  const maps = ref<string[]>([]);
  const reading = shallowRef<ImportReading | null>(null);
  const job = shallowRef<JobRow | null>(null);
  const { problem, busy, tried } = useTried();
  const given = computed(() => ({
    upload: file.value?.id,
    layer: layer.value,
    system: system.value,
    maps: maps.value,
    complete: complete.value,
    ...(layer.value === "osm" ? { town: town.value } : { source: source.value }),
  }));

  const check = () =>
    tried(async () => {
      reading.value = await http.post<ImportReading>("places/imports/preview", given.value);
      step.value = "check";
    });
  const start = () =>
    tried(async () => {
      const { job: id } = await http.post<{ job: string }>("places/imports", given.value);
      job.value = await http.get<JobRow>(`kernel/jobs/${id}`);
      step.value = "run";
    });
  const send = (chosen: File) =>
    tried(async () => {
      const form = new FormData();
      form.append("file", chosen);
      file.value = await http.post<{ id: string; name: string }>("places/uploads", form);
      if (/\.(pbf|osm)$/i.test(chosen.name)) layer.value = "osm";
      source.value ||= chosen.name.replace(/\.[^.]+$/, "").slice(0, 60);
    });
  const watchJob = () =>
    tried(async () => {
      if (job.value) job.value = await http.get<JobRow>(`kernel/jobs/${job.value.id}`);
    });
  async function say(heading: string, field: string): Promise<void> {
    maps.value = mapsWith(maps.value, heading, field);
    await check();
  }
  return { step, file, layer, town, system, source, complete, reading, job, problem, busy, send, check, start, say, watchJob };
}

export type Importing = ReturnType<typeof useImporting>;
