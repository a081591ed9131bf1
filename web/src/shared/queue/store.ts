import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { QueueItem, QueueStore } from "./items";

interface Schema extends DBSchema {
  items: { key: string; value: QueueItem };
  /** Answers of the server by person and address, so that the day's tasks are there without a network. */
  answers: { key: string; value: { key: string; at: string; data: unknown } };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

export function device(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("chengyun", 1, {
    upgrade(base) {
      base.createObjectStore("items", { keyPath: "id" });
      base.createObjectStore("answers", { keyPath: "key" });
    },
  });
  return opened;
}

export const deviceStore: QueueStore = {
  all: async () => (await device()).getAll("items"),
  put: async (item) => void (await (await device()).put("items", item)),
  drop: async (id) => (await device()).delete("items", id),
};

export interface Kept<T> {
  at: string;
  data: T;
}

export async function keepAnswer(person: string, path: string, data: unknown): Promise<void> {
  const key = `${person} ${path}`;
  await (await device()).put("answers", { key, at: new Date().toISOString(), data: JSON.parse(JSON.stringify(data)) });
}

export async function keptAnswer<T>(person: string, path: string): Promise<Kept<T> | null> {
  const kept = await (await device()).get("answers", `${person} ${path}`);
  return kept ? { at: kept.at, data: kept.data as T } : null;
}
