/** The rules of lights as a form: a general value for each, and what differs by kind. */
export const RULES = ["tolerance", "near_days", "grace_days", "stale_days", "over_range"] as const;
export const KINDS = ["task", "target", "project"] as const;
export type RuleName = (typeof RULES)[number];
export type Rules = Record<RuleName, number | string> & { kinds: Partial<Record<string, Partial<Record<RuleName, number | string>>>> };

export const isShare = (name: RuleName) => name === "tolerance";
export const isLight = (name: RuleName) => name === "over_range";

/** What the server keeps: without its version, and of the kinds only what really differs from the general value. */
export function bodyOf(rules: Rules): Record<string, unknown> {
  const general = Object.fromEntries(RULES.map((name) => [name, rules[name]]));
  const kinds = KINDS.map((kind) => [kind, Object.fromEntries(Object.entries(rules.kinds[kind] ?? {}).filter(([name, value]) => value !== undefined && value !== "" && value !== null && value !== rules[name as RuleName]))] as const);
  return { ...general, kinds: Object.fromEntries(kinds.filter(([, own]) => Object.keys(own).length > 0)) };
}

export interface Change {
  rule: RuleName;
  kind: string;
  before: number | string | null;
  after: number | string | null;
}

/** What one version changed against the one before it. */
export function changesOf(before: Rules, after: Rules): Change[] {
  const own = (of: Rules, kind: string, rule: RuleName) => (kind ? (of.kinds?.[kind]?.[rule] ?? null) : (of[rule] ?? null));
  const all = ["", ...KINDS].flatMap((kind) => RULES.map((rule) => ({ rule, kind, before: own(before, kind, rule), after: own(after, kind, rule) })));
  return all.filter((one) => one.before !== one.after);
}
