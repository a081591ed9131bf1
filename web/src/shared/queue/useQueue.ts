import { computed, shallowRef } from "vue";
import { newId } from "@/shared/ids";
import type { QueueItem } from "./items";
import { Sender, type Outcome } from "./sender";
import { deviceStore } from "./store";
import { wire } from "./wire";

const items = shallowRef<QueueItem[]>([]);
const outcome = shallowRef<Outcome>("done");
const sending = shallowRef(false);
const sender = new Sender(deviceStore, wire);

const KEEP_SENT = 24 * 3_600_000;
const AGAIN = 20_000;

async function refresh(): Promise<void> {
  const all = await deviceStore.all();
  const old = all.filter((item) => item.sentAt && Date.now() - Date.parse(item.sentAt) > KEEP_SENT);
  for (const item of old) await deviceStore.drop(item.id);
  items.value = all.filter((item) => !old.includes(item)).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** One sender per device: two open tabs must not race for the same item. */
function alone(run: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return run();
  return navigator.locks.request("chengyun-queue", { ifAvailable: true }, (lock) => (lock ? run() : undefined)) as Promise<void>;
}

async function flush(person: string): Promise<void> {
  if (sending.value) return;
  sending.value = true;
  try {
    await alone(async () => void (outcome.value = await sender.run(person)));
  } finally {
    sending.value = false;
    await refresh();
  }
}

type Given = Pick<QueueItem, "person" | "kind" | "path" | "body" | "photos" | "title" | "verb">;

async function add(given: Given): Promise<QueueItem> {
  const at = new Date().toISOString();
  const item: QueueItem = { ...given, id: newId(), state: "waiting", attempts: 0, createdAt: at, refusal: null, sentAt: null };
  await deviceStore.put(item);
  await refresh();
  return item;
}

async function drop(id: string): Promise<void> {
  await deviceStore.drop(id);
  await refresh();
}

/** Puts a refused or conflicting item back in line, perhaps with a corrected body: a new key, as it is a new request. */
async function again(item: QueueItem, body: Record<string, unknown> = item.body): Promise<void> {
  await deviceStore.drop(item.id);
  const photos = item.photos.map((photo) => ({ ...photo, file: null }));
  await deviceStore.put({ ...item, id: newId(), body, photos, state: "waiting", refusal: null });
  await refresh();
}

/** Starts sending whenever the network is back, the page is looked at again, or some time has passed. */
function watch(person: () => string | null): () => void {
  const go = () => {
    const who = person();
    if (who && items.value.some((item) => item.person === who && item.state === "waiting")) void flush(who);
  };
  const timer = window.setInterval(go, AGAIN);
  window.addEventListener("online", go);
  document.addEventListener("visibilitychange", go);
  return () => {
    window.clearInterval(timer);
    window.removeEventListener("online", go);
    document.removeEventListener("visibilitychange", go);
  };
}

/** The device's queue: what still has to be sent, and what became of it. */
export function useQueue() {
  const waiting = computed(() => items.value.filter((item) => item.state === "waiting"));
  const troubled = computed(() => items.value.filter((item) => item.state === "conflict" || item.state === "refused"));
  return { items, waiting, troubled, outcome, sending, add, drop, again, flush, refresh, watch };
}
