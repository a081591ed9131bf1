import { computed, shallowRef } from "vue";
import type { Me } from "@/api";
import { useSession } from "@/shared/session";

const KEPT = "chengyun.phone.me";
const kept = shallowRef<Me | null>(read());
const offline = shallowRef(false);
let asked: Promise<void> | null = null;

function read(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null") as Me | null;
  } catch {
    return null;
  }
}

function keep(me: Me | null): void {
  kept.value = me;
  if (me) localStorage.setItem(KEPT, JSON.stringify(me));
  else localStorage.removeItem(KEPT);
}

async function ask(): Promise<void> {
  const session = useSession();
  await session.load();
  // Where no answer came, the session is neither there nor gone: the phone goes on with who was logged in last.
  offline.value = session.problem !== null;
  if (!offline.value) keep(session.me);
}

/** Whose phone this is: the session, or without a network the person who was logged in last. */
export function useWho() {
  const session = useSession();
  const person = computed(() => session.me ?? (offline.value ? kept.value : null));
  async function ready(): Promise<void> {
    asked ??= ask();
    await asked;
  }
  async function again(): Promise<void> {
    asked = ask();
    await asked;
  }
  async function leave(): Promise<void> {
    keep(null);
    await session.leave();
  }
  return { person, offline, ready, again, leave };
}
