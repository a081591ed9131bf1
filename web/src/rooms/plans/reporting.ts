interface Words {
  t: (key: string, params: Record<string, unknown>) => string;
  te: (key: string) => boolean;
}

/** What the platform knew when it drafted a line, in words; what it did not know is not mentioned. */
export function knownOf(known: Readonly<Record<string, unknown>>, words: Words): string[] {
  return Object.entries(known).flatMap(([name, value]) => {
    const key = `plan.known.${name}`;
    const empty = value === null || value === "" || value === false || (Array.isArray(value) && value.length === 0);
    if (empty || !words.te(key)) return [];
    const shown = Array.isArray(value) ? value.map(String).join(words.t("plan.comma", {})) : typeof value === "number" ? Math.round(value * 100) / 100 : value;
    return [words.t(key, { value: shown })];
  });
}
