/** Codes that the server uses; their words stand in the locale files. */
export const CHANNELS = ["hotline", "patrol", "resident", "sensor", "camera", "leader", "open311", "desk", "district", "import"] as const;
export const LIGHTS = ["red", "amber", "blue", "green", "grey"] as const;

/** The name of a class in the reader's language. */
export function className(kind: { name: string; en: string } | null | undefined, language: string): string | undefined {
  return language === "en" ? kind?.en : kind?.name;
}
