/** Where there is no SharedWorker, one tab of the browser keeps the line for all: HTTP/1.1 allows six streams a host. */

export interface Channel {
  postMessage(data: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

type Note = { type: "beat" | "leave"; from: string } | { type: "relay"; from: string; data: unknown };

const BEAT = 2_000;
const SILENCE = 5_000;

/** Tabs beat; the lowest id that is heard keeps the line; when it falls silent the next takes over. */
export class Election {
  private leader = false;
  private heardFrom = 0;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly channel: Channel,
    private readonly id: string,
    private readonly lead: (leading: boolean) => void,
    private readonly receive: (data: unknown) => void,
  ) {
    channel.onmessage = (event) => this.note(event.data as Note);
    this.heardFrom = Date.now() - SILENCE + BEAT;
    this.timer = setInterval(() => this.tick(), BEAT / 2);
  }

  /** The leading tab gives what it heard to the others. */
  relay(data: unknown): void {
    if (this.leader) this.channel.postMessage({ type: "relay", from: this.id, data } satisfies Note);
  }

  stop(): void {
    clearInterval(this.timer);
    if (this.leader) this.channel.postMessage({ type: "leave", from: this.id } satisfies Note);
    this.channel.close();
  }

  private tick(): void {
    if (this.leader) this.channel.postMessage({ type: "beat", from: this.id } satisfies Note);
    else if (Date.now() - this.heardFrom >= SILENCE) this.become(true);
  }

  private note(note: Note): void {
    if (note.type === "relay") return this.receive(note.data);
    if (note.type === "leave") {
      this.heardFrom = Date.now() - SILENCE + BEAT * Math.random();
      return;
    }
    if (this.leader && note.from > this.id) return;
    this.heardFrom = Date.now();
    if (this.leader) this.become(false);
  }

  private become(leading: boolean): void {
    this.leader = leading;
    if (leading) this.channel.postMessage({ type: "beat", from: this.id } satisfies Note);
    this.lead(leading);
  }
}
