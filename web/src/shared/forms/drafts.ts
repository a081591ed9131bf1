/** What a person typed stays on the device until the server took it: a reload, a lost network, a logout lose nothing. */

export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

interface Kept<T> {
  at: number;
  value: T;
}

const PREFIX = "chengyun.draft.";
const LIFE = 30 * 24 * 3_600_000;

export class Drafts {
  constructor(
    private readonly store: Store,
    private readonly person: string,
    private readonly now: () => number = Date.now,
  ) {}

  read<T>(form: string): T | null {
    const text = this.store.getItem(this.key(form));
    if (!text) return null;
    try {
      const kept = JSON.parse(text) as Kept<T>;
      if (this.now() - kept.at < LIFE) return kept.value;
    } catch {
      // A broken draft is no draft.
    }
    this.drop(form);
    return null;
  }

  /** Keeps the value; an empty form keeps nothing. A full device must not stop the typing. */
  keep<T extends object>(form: string, value: T): void {
    if (isEmpty(value)) return this.drop(form);
    try {
      this.store.setItem(this.key(form), JSON.stringify({ at: this.now(), value } satisfies Kept<T>));
    } catch {
      this.sweep();
    }
  }

  drop(form: string): void {
    this.store.removeItem(this.key(form));
  }

  /** Forgets drafts older than 30 days, of every person of this device. */
  sweep(): void {
    const keys = Array.from({ length: this.store.length }, (_, index) => this.store.key(index));
    for (const key of keys) {
      if (!key?.startsWith(PREFIX)) continue;
      try {
        const kept = JSON.parse(this.store.getItem(key) ?? "") as Kept<unknown>;
        if (this.now() - kept.at < LIFE) continue;
      } catch {
        // Unreadable: goes too.
      }
      this.store.removeItem(key);
    }
  }

  private key(form: string): string {
    return `${PREFIX}${this.person}.${form}`;
  }
}

function isEmpty(value: object): boolean {
  return Object.values(value).every((one) => one == null || one === "" || (Array.isArray(one) && one.length === 0));
}
