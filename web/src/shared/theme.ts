import { readonly, ref, type Ref } from "vue";

export type Theme = "light" | "dark";

const KEPT = "chengyun.theme";
const theme = ref<Theme>("light");

/** The theme is kept on the device: the wall stays dark, the desk as its person likes it. */
export function startTheme(): void {
  const kept = localStorage.getItem(KEPT);
  const asked = new URLSearchParams(location.search).get("theme");
  setTheme((asked ?? kept) === "dark" ? "dark" : "light");
}

export function setTheme(to: Theme): void {
  theme.value = to;
  document.documentElement.dataset.theme = to;
  document.documentElement.classList.toggle("dark", to === "dark");
  localStorage.setItem(KEPT, to);
}

export function useTheme(): Readonly<Ref<Theme>> {
  return readonly(theme);
}

/** A token's value now, for what draws outside CSS (map, charts). */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--cy-${name}`).trim();
}
