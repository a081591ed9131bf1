import { Problem } from "@/shared/http/problem";
import { bodyOf, type QueueItem, type QueuedPhoto, type QueueStore, type Uploaded } from "./items";

/** The ways out of the device, so that the order of sending can be tested without a network. */
export interface Wire {
  /** The id of a picture that the server already has, or null. */
  known(sha256: string): Promise<string | null>;
  upload(photo: QueuedPhoto, key: string): Promise<string>;
  post(path: string, body: unknown, key: string): Promise<unknown>;
  /** Whose session it is now; null when nobody is logged in. Also renews the CSRF token. */
  person(): Promise<string | null>;
}

export type Outcome = "done" | "offline" | "login" | "busy";

type Settled = "sent" | "kept" | "offline" | "login" | "busy";

const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Sends what waits, oldest first, photos before the act that shows them. Stops at the first dead network. */
export class Sender {
  constructor(
    private readonly store: QueueStore,
    private readonly wire: Wire,
    private readonly now: () => string = () => new Date().toISOString(),
  ) {}

  async run(person: string): Promise<Outcome> {
    const waiting = (await this.store.all())
      .filter((item) => item.person === person && item.state === "waiting")
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    if (waiting.length === 0) return "done";
    const stop = await this.mayStart(person);
    if (stop) return stop;
    for (const item of waiting) {
      const settled = await this.one(item);
      if (settled === "offline" || settled === "login" || settled === "busy") return settled;
    }
    return "done";
  }

  private async mayStart(person: string): Promise<Outcome | null> {
    try {
      return (await this.wire.person()) === person ? null : "login";
    } catch {
      return "offline";
    }
  }

  private async one(item: QueueItem): Promise<Settled> {
    const tried = { ...item, attempts: item.attempts + 1 };
    try {
      const photos: Uploaded[] = [];
      for (const photo of item.photos) photos.push(await this.photo(item, photo));
      await this.wire.post(item.path, bodyOf(item, photos), item.id);
      await this.store.put({ ...tried, state: "sent", sentAt: this.now(), refusal: null, photos: [] });
      return "sent";
    } catch (error) {
      return this.refused(tried, error);
    }
  }

  private async photo(item: QueueItem, photo: QueuedPhoto): Promise<Uploaded> {
    const there = photo.sha256 ? await this.wire.known(photo.sha256) : null;
    const file = there ?? (await this.wire.upload(photo, item.id));
    return { file, role: photo.role };
  }

  private async refused(item: QueueItem, error: unknown): Promise<Settled> {
    if (!(error instanceof Problem)) throw error;
    const later = laterOf(error);
    await this.store.put(later ? item : { ...item, state: error.status === 409 ? "conflict" : "refused", refusal: refusalOf(error) });
    return later ?? "kept";
  }
}

/** Why the item must only wait; null when the server's word is final. */
function laterOf(problem: Problem): "offline" | "login" | "busy" | null {
  if (problem.status === 0) return "offline";
  if (problem.status === 401) return "login";
  return LATER.has(problem.status) || problem.code === "kernel.busy" ? "busy" : null;
}

function refusalOf({ code, status, body }: Problem): QueueItem["refusal"] {
  return { code, status, params: body.params ?? {}, field: body.field ?? null, current: body.current ?? null };
}
