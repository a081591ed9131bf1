import { readonly, ref, type Ref } from "vue";

let offset = 0;
const now = ref(new Date());
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => (now.value = new Date(Date.now() + offset));

/** Takes the server's clock for the device's: deadlines are counted by the one that keeps them. */
export function setClock(server: string): void {
  const told = Date.parse(server);
  if (Number.isNaN(told)) return;
  offset = told - Date.now();
  tick();
}

/** One clock for the whole page, ticking every 20 s: words like 3 小时后到期 stay true. */
export function useNow(): Readonly<Ref<Date>> {
  timer ??= setInterval(tick, 20_000);
  return readonly(now) as Readonly<Ref<Date>>;
}
