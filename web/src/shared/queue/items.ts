/** What a phone captured and still has to send. An item belongs to a person and outlives a logout. */

export interface QueuedPhoto {
  /** SHA-256 of the bytes, in hex: the server knows by it whether it has the picture already. */
  sha256: string;
  mime: string;
  bytes: Blob;
  /** What the picture shows: "before", "after", "report", "evidence". */
  role: string;
  capturedAt: string;
}

export type ItemState = "waiting" | "conflict" | "refused" | "sent";

export interface QueueItem {
  /** Also the Idempotency-Key: however often it is sent, it counts once. */
  id: string;
  person: string;
  kind: "report" | "verb";
  /** Path below /api/v1 that takes the item. */
  path: string;
  /** Body without the photos; these are added as `[{file, role, captured_at}]` under the path of keys `photosAt`. */
  body: Record<string, unknown>;
  photosAt: readonly string[];
  photos: QueuedPhoto[];
  /** What the item is about, for the list on the device: a case's number and title, or the words of a report. */
  title: string;
  /** Verb, for the list; null for a report. */
  verb: string | null;
  state: ItemState;
  attempts: number;
  createdAt: string;
  /** Stable code and parameters of the last refusal, and how the case stands by now. */
  refusal: { code: string; status: number; params: Record<string, unknown>; field: string | null; current: unknown } | null;
  sentAt: string | null;
}

/** Where the items are kept. IndexedDB on a phone; a map in tests. */
export interface QueueStore {
  all(): Promise<QueueItem[]>;
  put(item: QueueItem): Promise<void>;
  drop(id: string): Promise<void>;
}

export interface Uploaded {
  file: string;
  role: string;
  captured_at: string;
}

/** The body as it is sent: the photos' ids stand where the endpoint wants them. */
export function bodyOf(item: QueueItem, photos: readonly Uploaded[]): Record<string, unknown> {
  const body = structuredClone(item.body);
  const keys = [...item.photosAt];
  const last = keys.pop();
  if (!last || photos.length === 0) return body;
  let place = body;
  for (const key of keys) {
    place[key] ??= {};
    place = place[key] as Record<string, unknown>;
  }
  place[last] = photos;
  return body;
}

export function digestOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
