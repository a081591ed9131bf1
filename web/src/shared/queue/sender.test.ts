import { describe, expect, it } from "vitest";
import { Problem } from "@/shared/http/problem";
import type { QueueItem, QueuedPhoto, QueueStore } from "./items";
import { Sender, type Wire } from "./sender";

class MapStore implements QueueStore {
  readonly items = new Map<string, QueueItem>();
  all = async () => [...this.items.values()];
  put = async (item: QueueItem) => void this.items.set(item.id, item);
  drop = async (id: string) => void this.items.delete(id);
  state = (id: string) => this.items.get(id)?.state;
}

/** A server that counts what it took by key, and a network that can fail before or after the server took it. */
class Server implements Wire {
  taken = new Map<string, unknown>();
  files = new Map<string, string>();
  uploads = 0;
  fail: ((path: string) => Problem | null) | null = null;
  loseAnswer = false;
  who: string | null = "ann";

  known = async (sha256: string) => this.files.get(sha256) ?? null;
  upload = async (photo: QueuedPhoto) => {
    this.uploads += 1;
    this.files.set(photo.sha256, `file-${photo.sha256}`);
    return `file-${photo.sha256}`;
  };
  post = async (path: string, body: unknown, key: string) => {
    const refused = this.fail?.(path);
    if (refused) throw refused;
    if (!this.taken.has(key)) this.taken.set(key, body);
    if (this.loseAnswer) throw dead();
    return {};
  };
  person = async () => this.who;
}

const dead = () => new Problem({ status: 0, code: "web.offline" });
const photo = (sha256: string): QueuedPhoto => ({ sha256, mime: "image/jpeg", bytes: new Blob(["x"]), role: "after", capturedAt: "t", file: null });

function item(id: string, more: Partial<QueueItem> = {}): QueueItem {
  return {
    id, person: "ann", kind: "verb", path: `cases/${id}/verbs/verify`, body: { given: { note: "n" } },
    photos: [], title: id, verb: "verify", state: "waiting", attempts: 0, createdAt: id, refusal: null, sentAt: null, ...more,
  };
}

async function setUp(...items: QueueItem[]) {
  const store = new MapStore();
  for (const one of items) await store.put(one);
  const server = new Server();
  return { store, server, sender: new Sender(store, server, () => "now") };
}

describe("the queue of a phone", () => {
  it("sends oldest first, photos before the act, and puts their ids where the endpoint wants them", async () => {
    const { server, sender } = await setUp(item("b"), item("a", { photos: [photo("1"), photo("2")] }));
    expect(await sender.run("ann")).toBe("done");
    expect([...server.taken.keys()]).toEqual(["a", "b"]);
    expect(server.taken.get("a")).toEqual({ given: { note: "n", "photo:after": ["file-1", "file-2"] } });
  });

  it("hands a report its photos, and those of work already done apart", async () => {
    const report = item("a", { kind: "report", body: { text: "t", settled: { text: "swept" } }, photos: [{ ...photo("1"), role: "before" }, photo("2")] });
    const { server, sender } = await setUp(report);
    await sender.run("ann");
    expect(server.taken.get("a")).toEqual({ text: "t", photos: ["file-1"], settled: { text: "swept", after: ["file-2"] } });
  });

  it("sends once although the answer was lost, and the picture once", async () => {
    const { store, server, sender } = await setUp(item("a", { photos: [photo("1")] }));
    server.loseAnswer = true;
    expect(await sender.run("ann")).toBe("offline");
    expect(store.state("a")).toBe("waiting");
    server.loseAnswer = false;
    expect(await sender.run("ann")).toBe("done");
    expect(server.taken.size).toBe(1);
    expect(server.uploads).toBe(1);
    expect(store.state("a")).toBe("sent");
  });

  it("names the same picture on every try, although the server has given it to the case by then", async () => {
    const { server, sender, store } = await setUp(item("a", { photos: [photo("1")] }));
    server.loseAnswer = true;
    await sender.run("ann");
    expect(store.items.get("a")?.photos[0]?.file).toBe("file-1");
    server.files.clear();
    server.loseAnswer = false;
    expect(await sender.run("ann")).toBe("done");
    expect(server.uploads).toBe(1);
  });

  it("keeps a conflict with how the case stands by now, and goes on with the rest", async () => {
    const { store, server, sender } = await setUp(item("a"), item("b"));
    const current = { state: "closed", version: 9 };
    server.fail = (path) => (path.includes("/a/") ? new Problem({ status: 409, code: "kernel.wrong_state", current }) : null);
    expect(await sender.run("ann")).toBe("done");
    expect(store.items.get("a")?.refusal?.current).toEqual(current);
    expect([store.state("a"), store.state("b")]).toEqual(["conflict", "sent"]);
  });

  it("keeps a refused item with its reason", async () => {
    const { store, server, sender } = await setUp(item("a"));
    server.fail = () => new Problem({ status: 422, code: "kernel.evidence_missing", field: "photo:after" });
    await sender.run("ann");
    expect(store.items.get("a")).toMatchObject({ state: "refused", refusal: { field: "photo:after" } });
  });

  it.each([[503, "web.http_503"], [409, "kernel.busy"], [429, "kernel.too_many"]])("waits at %d %s", async (status, code) => {
    const { store, server, sender } = await setUp(item("a"));
    server.fail = () => new Problem({ status, code });
    expect(await sender.run("ann")).toBe("busy");
    expect(store.items.get("a")).toMatchObject({ state: "waiting", attempts: 1 });
  });

  it("sends nothing under another person's session, and keeps everything", async () => {
    const { store, server, sender } = await setUp(item("a"), item("c", { person: "bob" }));
    server.who = "bob";
    expect(await sender.run("ann")).toBe("login");
    expect(server.taken.size).toBe(0);
    expect(await sender.run("bob")).toBe("done");
    expect([store.state("a"), store.state("c")]).toEqual(["waiting", "sent"]);
  });

  it("stops when the session ends on the way", async () => {
    const { store, server, sender } = await setUp(item("a"), item("b"));
    server.fail = () => new Problem({ status: 401, code: "kernel.login_needed" });
    expect(await sender.run("ann")).toBe("login");
    expect([store.state("a"), store.state("b")]).toEqual(["waiting", "waiting"]);
  });
});
