import { readonly, ref, type Ref } from "vue";

const now = ref(new Date());
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the whole page, ticking every 20 s: words like 3 小时后到期 stay true. */
export function useNow(): Readonly<Ref<Date>> {
  timer ??= setInterval(() => (now.value = new Date()), 20_000);
  return readonly(now) as Readonly<Ref<Date>>;
}
