import { createI18n } from "vue-i18n";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Messages {
  [key: string]: string | Messages;
}

const KEPT = "chengyun.language";
const files = import.meta.glob<{ default: Messages }>([
  "./locales/*.json",
  "./mobile/locales/*.json",
  "../shared/locales/*.json",
  "../rooms/*/locales/*.json",
  "../rooms/*/mobile/locales/*.json",
]);

/** Rooms may add to the same branch (`refusal`, `verb`): the files are laid over each other. */
export function merged(into: Messages, from: Messages): Messages {
  for (const [key, value] of Object.entries(from)) {
    const here = into[key];
    into[key] = typeof here === "object" && typeof value === "object" ? merged(here, value) : value;
  }
  return into;
}

export const i18n = createI18n({
  legacy: false,
  locale: "zh-CN",
  fallbackLocale: false,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {} as Record<string, Messages>,
});

async function read(language: Language): Promise<Messages> {
  const wanted = Object.entries(files).filter(([path]) => path.endsWith(`/${language}.json`));
  const parts = await Promise.all(wanted.map(([, load]) => load()));
  return parts.reduce((all, part) => merged(all, structuredClone(part.default)), {});
}

export async function speak(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) i18n.global.setLocaleMessage(language, await read(language));
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  localStorage.setItem(KEPT, language);
}

export function keptLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  return LANGUAGES.find((one) => one === kept) ?? "zh-CN";
}
