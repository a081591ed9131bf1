import { onScopeDispose, reactive } from "vue";

export interface Key {
  /** `j`, `shift+d`, `ctrl+k`, `?`, `escape`. */
  keys: string;
  /** Locale key of what it does. */
  label: string;
  run: () => void;
  when?: () => boolean;
  /** Also while typing in a field. */
  anywhere?: boolean;
}

export const active = reactive(new Map<string, readonly Key[]>());

/** `shift` counts only with letters: `?` is written as the sign, not as shift and slash. */
export function nameOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key.toLowerCase();
  const shift = event.shiftKey && /^[a-z]$|^.{2,}$/.test(key) ? "shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}${shift}${key}`;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=combobox]"));
}

function dialogOpen(): boolean {
  const overlays = document.querySelectorAll(".el-overlay-dialog, .el-overlay-message-box, .el-image-viewer__wrapper, .cy-overlay");
  // A closed dialog may stay in the document, without a box.
  return [...overlays].some((one) => one.getClientRects().length > 0);
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  const blocked = typing(event.target) || dialogOpen();
  for (const keys of [...active.values()].reverse()) {
    const key = keys.find((one) => one.keys === name && (one.anywhere || !blocked) && (one.when?.() ?? true));
    if (!key) continue;
    event.preventDefault();
    key.run();
    return;
  }
}

let listening = false;

/** Keyboard shortcuts of a page, shown by `?`; the page opened last is asked first. */
export function useKeys(group: string, keys: readonly Key[]): void {
  if (!listening) document.addEventListener("keydown", pressed);
  listening = true;
  active.delete(group);
  active.set(group, keys);
  onScopeDispose(() => {
    if (active.get(group) === keys) active.delete(group);
  });
}
