/** The evidence list of a title as a person types it: an entry a line, `*` before what may be missing. */
export interface Entry {
  name: string;
  required: boolean;
}

export function entriesOf(text: string): Entry[] {
  const found = new Map<string, Entry>();
  for (const line of text.split("\n")) {
    const required = !line.trim().startsWith("*");
    const name = line.trim().replace(/^\*\s*/, "");
    if (name) found.set(name, { name, required });
  }
  return [...found.values()];
}

export const linesOf = (entries: readonly Entry[]) => entries.map((one) => `${one.required ? "" : "* "}${one.name}`).join("\n");
