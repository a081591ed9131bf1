import { onScopeDispose, readonly, ref, type Ref } from "vue";
import { newId } from "@/shared/ids";
import { Election } from "./election";
import { LiveLine, type LiveMessage, type LiveState } from "./line";
import type { LiveNews, LiveOrder } from "./protocol";

/** `message` is null when pages must refetch without knowing what changed (polling, or the line came back). */
type Hearer = (message: LiveMessage | null) => void;

const state = ref<LiveState>("waiting");
const hearers = new Set<Hearer>();
let stopLine: (() => void) | null = null;

function receive(news: LiveNews): void {
  if (news.type === "state") state.value = news.state;
  else for (const hear of hearers) hear(news.type === "message" ? news.message : null);
}

function throughWorker(url: string): () => void {
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name: "chengyun-live" });
  const order = (what: LiveOrder) => worker.port.postMessage(what);
  worker.port.onmessage = (event: MessageEvent<LiveNews>) => receive(event.data);
  worker.port.start();
  order({ type: "start", url });
  const leave = () => order({ type: "stop" });
  const back = (event: PageTransitionEvent) => event.persisted && order({ type: "start", url });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", back);
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", back);
    leave();
  };
}

function throughElection(url: string): () => void {
  const share = (news: LiveNews) => {
    receive(news);
    election.relay(news);
  };
  const line = new LiveLine({
    url,
    open: (at) => new EventSource(at, { withCredentials: true }),
    tell: (message) => share({ type: "message", message }),
    state: (now) => share({ type: "state", state: now }),
    poll: () => share({ type: "poll" }),
  });
  const lead = (leading: boolean) => (leading ? line.start() : line.stop());
  const election = new Election(new BroadcastChannel("chengyun-live"), newId(), lead, (data) => receive(data as LiveNews));
  return () => {
    line.stop();
    election.stop();
  };
}

/** Opens the line once after login; `url` is the address of the stream. */
export function startLive(url: string): void {
  stopLive();
  stopLine = "SharedWorker" in globalThis ? throughWorker(url) : throughElection(url);
}

export function stopLive(): void {
  stopLine?.();
  stopLine = null;
}

export function useLiveState(): Readonly<Ref<LiveState>> {
  return readonly(state);
}

/**
 * Calls `refetch` when something of one of `kinds` happened, at most once per `pace` ms, and not while the page is
 * hidden (it is called once when the page is looked at again).
 */
export function useLive(kinds: readonly string[], refetch: (ids: ReadonlySet<string>) => void, pace = 1_500): void {
  const ids = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  const flush = () => {
    timer = undefined;
    waiting = document.hidden;
    if (waiting) return;
    refetch(new Set(ids));
    ids.clear();
  };
  const hear: Hearer = (message) => {
    if (message && !kinds.includes(message.kind)) return;
    if (message) ids.add(message.id);
    timer ??= setTimeout(flush, pace);
  };
  const seen = () => {
    if (waiting && !document.hidden) flush();
  };
  hearers.add(hear);
  document.addEventListener("visibilitychange", seen);
  onScopeDispose(() => {
    hearers.delete(hear);
    document.removeEventListener("visibilitychange", seen);
    clearTimeout(timer);
  });
}
