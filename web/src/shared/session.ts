import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { Me } from "@/api";
import { http, onSignedOut } from "@/shared/http/client";
import { Problem } from "@/shared/http/problem";

export interface Login {
  login: string;
  password: string;
  code?: string;
}

/** Who is logged in, and what this person may do. */
export const useSession = defineStore("session", () => {
  const me = shallowRef<Me | null>(null);
  const asked = ref(false);
  const held = computed(() => new Set(me.value?.permissions ?? []));
  const roles = computed(() => new Set(me.value?.roles ?? []));

  /** Whether any of the permissions is held anywhere; an empty list asks nothing. */
  function can(...permissions: readonly string[]): boolean {
    return permissions.length === 0 || permissions.some((one) => held.value.has(one));
  }

  async function load(): Promise<void> {
    try {
      me.value = await http.get<Me>("accounts/me");
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      me.value = null;
    } finally {
      asked.value = true;
    }
  }

  async function enter(given: Login): Promise<void> {
    me.value = await http.post<Me>("accounts/login", given);
  }

  /** The code that a login through the identity provider still owes. */
  async function owed(code: string): Promise<void> {
    me.value = await http.post<Me>("accounts/login/code", { code });
  }

  async function leave(): Promise<void> {
    try {
      await http.post("accounts/logout");
    } finally {
      me.value = null;
    }
  }

  onSignedOut(() => (me.value = null));
  return { me, asked, roles, can, load, enter, owed, leave };
});
