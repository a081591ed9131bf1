/** What a phone captured and still has to send. An item belongs to a person and outlives a logout. */

export interface QueuedPhoto {
  /** SHA-256 of the bytes, in hex: the server knows by it whether it has the picture already. */
  sha256: string;
  mime: string;
  bytes: Blob;
  /** What the picture shows: "before", "after", "report", "evidence". */
  role: string;
  capturedAt: string;
  /** Its id at the server, once it is there: every try names the same one. */
  file: string | null;
}

export type ItemState = "waiting" | "conflict" | "refused" | "sent";

export interface QueueItem {
  /** Also the Idempotency-Key: however often it is sent, it counts once. */
  id: string;
  person: string;
  kind: "report" | "verb";
  /** Path below /api/v1 that takes the item. */
  path: string;
  /** Body without the photos: their ids are known only once they are sent. */
  body: Record<string, unknown>;
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
}

/** The body as it is sent: a verb takes photos by what they show, a report takes its own, and those after the work. */
export function bodyOf(item: QueueItem, photos: readonly Uploaded[]): Record<string, unknown> {
  const body = structuredClone(item.body);
  if (photos.length === 0) return body;
  const byRole = grouped(photos);
  if (item.kind === "report") {
    body.photos = photos.filter((one) => one.role !== "after").map((one) => one.file);
    if (body.settled) body.settled = { ...body.settled, after: (byRole.get("after") ?? []).map((one) => one.file) };
    return body;
  }
  const given = (body.given ?? {}) as Record<string, unknown>;
  for (const [role, ones] of byRole) given[`photo:${role}`] = ones.map((one) => one.file);
  return { ...body, given };
}

function grouped(photos: readonly Uploaded[]): Map<string, Uploaded[]> {
  const found = new Map<string, Uploaded[]>();
  for (const one of photos) found.set(one.role, [...(found.get(one.role) ?? []), one]);
  return found;
}

export function digestOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
