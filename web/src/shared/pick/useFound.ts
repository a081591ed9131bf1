import { ref, shallowRef } from "vue";

/** Asks the server while somebody types; only the newest answer counts. */
export function useFound<T>(search: (text: string) => Promise<T[]>) {
  const found = shallowRef<T[]>([]);
  const busy = ref(false);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(text: string): void {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      busy.value = true;
      try {
        const rows = await search(text.trim());
        if (mine === turn) found.value = rows;
      } catch {
        if (mine === turn) found.value = [];
      } finally {
        if (mine === turn) busy.value = false;
      }
    }, 200);
  }
  return { found, busy, ask };
}
