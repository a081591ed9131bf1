import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { Me } from "@/api";
import { http, onSignedOut } from "@/shared/http/client";
import { asProblem, type Problem } from "@/shared/http/problem";
import { setClock } from "@/shared/time/useNow";

export interface Login {
  login: string;
  password: string;
  code?: string;
}

/** Says that this browser had a session: without it nobody is asked for, and nothing is refused on the first visit. */
const HAD = "chengyun.session";
const remember = (logged: boolean) => (logged ? localStorage.setItem(HAD, "1") : localStorage.removeItem(HAD));

/** To be called before the browser leaves for the identity provider, and comes back logged in. */
export const expectSession = () => remember(true);

/** Who is logged in, and what this person may do. */
export const useSession = defineStore("session", () => {
  const me = shallowRef<Me | null>(null);
  const asked = ref(false);
  const problem = shallowRef<Problem | null>(null);
  const held = computed(() => new Set(me.value?.permissions ?? []));
  const roles = computed(() => new Set(me.value?.roles ?? []));

  /** Whether any of the permissions is held anywhere; an empty list asks nothing. */
  function can(...permissions: readonly string[]): boolean {
    return permissions.length === 0 || permissions.some((one) => held.value.has(one));
  }

  function become(person: Me | null): void {
    me.value = person;
    if (person) setClock(person.now);
    remember(person !== null);
  }

  async function load(): Promise<void> {
    try {
      if (localStorage.getItem(HAD)) become(await http.get<Me>("accounts/me"));
      problem.value = null;
    } catch (error) {
      const refused = asProblem(error);
      if (refused.status === 401) become(null);
      // A server that cannot be reached says nothing about the session: it is asked again, not ended.
      else problem.value = refused;
    } finally {
      asked.value = problem.value === null;
    }
  }

  async function enter(given: Login): Promise<void> {
    become(await http.post<Me>("accounts/login", given));
  }

  /** The code that a login through the identity provider still owes. */
  async function owed(code: string): Promise<void> {
    become(await http.post<Me>("accounts/login/code", { code }));
  }

  async function leave(): Promise<void> {
    try {
      await http.post("accounts/logout");
    } finally {
      become(null);
    }
  }

  onSignedOut(() => become(null));
  return { me, asked, problem, roles, can, load, enter, owed, leave };
});
