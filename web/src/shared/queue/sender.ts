import { Problem } from "@/shared/http/problem";
import { bodyOf, type QueueItem, type QueuedPhoto, type QueueStore, type Uploaded } from "./items";

/** The ways out of the device, so that the order of sending can be tested without a network. */
export interface Wire {
  /** The id of a picture that the server has and that belongs to nothing yet, or null. */
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
    let tried = { ...item, attempts: item.attempts + 1 };
    try {
      const photos: QueuedPhoto[] = [];
      for (const photo of item.photos) photos.push(await this.sent(photo, item.id));
      tried = { ...tried, photos };
      await this.store.put(tried);
      await this.wire.post(item.path, bodyOf(item, photos.map(uploaded)), item.id);
      await this.store.put({ ...tried, state: "sent", sentAt: this.now(), refusal: null, photos: [] });
      return "sent";
    } catch (error) {
      return this.refused(tried, error);
    }
  }

  /** The photo with its id at the server; it is uploaded unless it is there already. */
  private async sent(photo: QueuedPhoto, key: string): Promise<QueuedPhoto> {
    if (photo.file) return photo;
    const there = photo.sha256 ? await this.wire.known(photo.sha256) : null;
    return { ...photo, file: there ?? (await this.wire.upload(photo, key)) };
  }

  private async refused(item: QueueItem, error: unknown): Promise<Settled> {
    if (!(error instanceof Problem)) throw error;
    const later = laterOf(error);
    await this.store.put(later ? item : { ...item, state: error.status === 409 ? "conflict" : "refused", refusal: refusalOf(error) });
    return later ?? "kept";
  }
}

function uploaded(photo: QueuedPhoto): Uploaded {
  return { file: photo.file ?? "", role: photo.role };
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
