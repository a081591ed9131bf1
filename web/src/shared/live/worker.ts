/// <reference lib="webworker" />
import { LiveLine, type LiveState } from "./line";
import type { LiveNews, LiveOrder } from "./protocol";

const scope = self as unknown as SharedWorkerGlobalScope;
const pages = new Set<MessagePort>();
let line: LiveLine | null = null;
let url = "";
let state: LiveState = "waiting";

function tellAll(news: LiveNews): void {
  if (news.type === "state") state = news.state;
  for (const page of pages) page.postMessage(news);
}

function start(to: string): void {
  if (line && url === to) return;
  line?.stop();
  url = to;
  line = new LiveLine({
    url,
    open: (at) => new EventSource(at, { withCredentials: true }),
    tell: (message) => tellAll({ type: "message", message }),
    state: (now) => tellAll({ type: "state", state: now }),
    poll: () => tellAll({ type: "poll" }),
  });
  line.start();
}

function obey(order: LiveOrder, page: MessagePort): void {
  if (order.type === "start") {
    pages.add(page);
    page.postMessage({ type: "state", state } satisfies LiveNews);
    return start(order.url);
  }
  pages.delete(page);
  if (pages.size > 0) return;
  line?.stop();
  line = null;
}

scope.onconnect = (event) => {
  const page = event.ports[0];
  if (!page) return;
  page.onmessage = (message: MessageEvent<LiveOrder>) => obey(message.data, page);
  page.start();
};
