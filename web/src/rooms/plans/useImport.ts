import { onScopeDispose, ref, shallowRef } from "vue";
import type { JobRow } from "@/api";
import type { PlanImported, PlanReading } from "@/api/plans";
import { uploadAttachment } from "@/shared/forms/upload";
import { http } from "@/shared/http/client";
import { asProblem } from "@/shared/http/problem";
import { useTried } from "@/shared/http/tried";
import { newId } from "@/shared/ids";

export interface Chosen {
  id: string;
  name: string;
}

/** A file on its way to a document: sent, then read by a job that is watched until it ends. What was refused stays. */
export function useImport(done: (document: string | null) => void) {
  const file = shallowRef<Chosen | null>(null);
  const job = shallowRef<JobRow | null>(null);
  const { problem, busy, tried } = useTried();
  const document = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (chosen: File) =>
    tried(async () => {
      const stored = await uploadAttachment(chosen, "import");
      file.value = { id: stored.id, name: chosen.name };
    });
  async function watch(id: string): Promise<void> {
    job.value = await http.get<JobRow>(`kernel/jobs/${id}`);
    const runs = job.value.state === "queued" || job.value.state === "running";
    if (runs) timer = setTimeout(() => void watch(id).catch((error: unknown) => (problem.value = asProblem(error))), 700);
    else if (job.value.state === "done") done(document.value);
  }
  const start = (openness: string) =>
    tried(async () => {
      if (!file.value) return;
      const made = await http.post<PlanImported>("plans/documents", { file: file.value.id, name: file.value.name, openness }, newId());
      document.value = made.document.id;
      if (made.reading.job) await watch(made.reading.job);
    });
  const version = (of: { id: string; version: number }) =>
    tried(async () => {
      if (!file.value) return;
      document.value = of.id;
      const made = await http.post<PlanReading>(`plans/documents/${of.id}/versions`, { file: file.value.id, name: file.value.name, expected: of.version }, newId());
      if (made.job) await watch(made.job);
    });
  onScopeDispose(() => clearTimeout(timer));
  return { file, job, problem, busy, document, send, start, version };
}
