import { onScopeDispose, reactive, watch } from "vue";
import { useSession } from "@/shared/session";
import { Drafts } from "./drafts";

/** A form's values, kept on the device while typed; `accepted` forgets them. */
export function useDraft<T extends object>(form: () => string, empty: () => T) {
  const session = useSession();
  const drafts = new Drafts(localStorage, session.me?.person.id ?? "nobody");
  const given = reactive(empty()) as T;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    drafts.keep(form(), given);
  }
  /** Fills the form: with `defaults`, and over them what was typed before. Says whether there was a draft. */
  function start(defaults: Partial<T> = {}): boolean {
    const typed = drafts.read<Partial<T>>(form());
    for (const key of Object.keys(given)) delete (given as Record<string, unknown>)[key];
    Object.assign(given, empty(), defaults, typed);
    return typed !== null;
  }
  function accepted(): void {
    clearTimeout(timer);
    timer = undefined;
    drafts.drop(form());
    // The watcher of this very change must not write the draft again.
    queueMicrotask(() => clearTimeout(timer));
  }
  watch(given, () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  });
  onScopeDispose(() => timer !== undefined && keep());
  return { given, start, keep, accepted };
}
