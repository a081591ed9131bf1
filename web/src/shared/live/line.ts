/** One line to the server's event stream: reconnects with back-off, resumes by position, says when it cannot. */

export interface LiveMessage {
  position: number;
  event: string;
  kind: string;
  id: string;
  version: number | null;
}

/** live: the stream is open; waiting: reconnecting; polling: gave up for now, pages refetch on a timer. */
export type LiveState = "live" | "waiting" | "polling";

export interface Stream {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener?(type: "reset", hear: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface LineOptions {
  url: string;
  open: (url: string) => Stream;
  tell: (message: LiveMessage) => void;
  state: (state: LiveState) => void;
  /** Called every `pollEvery` ms while the stream is down for long: anything may have changed. */
  poll: () => void;
  pollEvery?: number;
  patience?: number;
  random?: () => number;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

export class LiveLine {
  private stream: Stream | null = null;
  private last = 0;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setInterval> | undefined;
  private readonly options: LineOptions;

  constructor(options: LineOptions) {
    this.options = options;
  }

  start(): void {
    this.connect();
  }

  stop(): void {
    clearTimeout(this.retry);
    clearInterval(this.polling);
    this.polling = undefined;
    this.stream?.close();
    this.stream = null;
  }

  private connect(): void {
    const { url, open } = this.options;
    const stream = open(this.last ? `${url}?last_event_id=${this.last}` : url);
    this.stream = stream;
    stream.onopen = () => this.opened();
    stream.onmessage = (event) => this.heard(event.data);
    stream.onerror = () => this.failed(stream);
    stream.addEventListener?.("reset", (event) => this.missed(event.data));
  }

  private opened(): void {
    const behind = this.polling !== undefined;
    clearInterval(this.polling);
    this.polling = undefined;
    this.failures = 0;
    this.options.state("live");
    // What happened between the last poll and now reached nobody.
    if (behind) this.options.poll();
  }

  private heard(data: string): void {
    let message: LiveMessage;
    try {
      message = JSON.parse(data) as LiveMessage;
    } catch {
      return;
    }
    // After a reconnect the server may repeat the last entry.
    if (typeof message.position !== "number" || message.position <= this.last) return;
    this.last = message.position;
    this.options.tell(message);
  }

  /** The server no longer has all that happened meanwhile: pages read everything again, and the line goes on from here. */
  private missed(data: string): void {
    const { position } = JSON.parse(data) as { position: number };
    this.last = Math.max(this.last, position);
    this.options.poll();
  }

  private failed(stream: Stream): void {
    // The browser's own retry loses the back-off and stops for good on an HTTP error: we keep our own.
    stream.close();
    if (stream !== this.stream) return;
    this.stream = null;
    this.failures += 1;
    if (this.failures >= (this.options.patience ?? 3)) this.startPolling();
    else this.options.state("waiting");
    this.retry = setTimeout(() => this.connect(), this.wait());
  }

  private wait(): number {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
    return longest * (0.5 + 0.5 * (this.options.random ?? Math.random)());
  }

  private startPolling(): void {
    if (this.polling !== undefined) return;
    this.options.state("polling");
    this.polling = setInterval(this.options.poll, this.options.pollEvery ?? 15_000);
  }
}
