import { inject, provide, type InjectionKey, type Ref } from "vue";
import type { Me } from "@/api";

const KEY: InjectionKey<Ref<Me | null>> = Symbol("person");

/** Tells the pages below whose device this is, also where there is no session because there is no network. */
export function providePerson(person: Ref<Me | null>): void {
  provide(KEY, person);
}

export function usePerson(): Ref<Me | null> {
  const person = inject(KEY);
  if (!person) throw new Error("no person was provided to this page");
  return person;
}
