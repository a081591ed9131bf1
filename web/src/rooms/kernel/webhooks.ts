/** Event names or patterns as they were typed, one a line or separated by commas. */
export function eventsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,\uFF0C;]+/).filter(Boolean))];
}
