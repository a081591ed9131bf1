import { ref, shallowRef } from "vue";
import type { RegisterColumn, RegisterReading, RegisterTaken } from "@/api/indicators";
import { http } from "@/shared/http/client";
import { useTried } from "@/shared/http/tried";

export type Cells = Record<string, string | number | boolean | null>;

/** What a form holds, as the server takes it: every column is named, an empty cell is null. */
export function cellsOf(columns: readonly RegisterColumn[], held: Readonly<Record<string, unknown>>): Cells {
  const cell = (value: unknown) => (value === "" || value === undefined || value === null ? null : (value as string | number | boolean));
  return Object.fromEntries(columns.map((column) => [column.name, cell(held[column.name])]));
}

/** A file for a register: sent, read with the guessed columns, corrected, taken. */
export function useRegisterFile(code: string) {
  const name = ref("");
  const upload = ref("");
  const mapping = ref<Record<string, string>>({});
  const reading = shallowRef<RegisterReading | null>(null);
  const taken = shallowRef<RegisterTaken | null>(null);
  const { problem, busy, tried } = useTried();
  const path = (what: string) => `indicators/registers/${code}/${what}`;

  async function read(): Promise<void> {
    reading.value = await http.post<RegisterReading>(path("preview"), { upload: upload.value, mapping: mapping.value });
  }
  const send = (file: File) =>
    tried(async () => {
      const form = new FormData();
      form.append("file", file);
      upload.value = (await http.post<{ upload: string }>(path("uploads"), form)).upload;
      name.value = file.name;
      mapping.value = {};
      taken.value = null;
      await read();
    });
  const say = (column: string, heading: string) =>
    tried(async () => {
      mapping.value = { ...mapping.value, [column]: heading };
      await read();
    });
  const take = () => tried(async () => void (taken.value = await http.post<RegisterTaken>(path("import"), { upload: upload.value, mapping: mapping.value })));
  return { name, reading, taken, problem, busy, send, say, take };
}
