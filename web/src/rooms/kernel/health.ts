import type { Light } from "@/api";

export interface Health {
  live: boolean;
  ready: boolean;
  parts: Record<string, Record<string, unknown>>;
}

export interface HealthFact {
  name: string;
  value: unknown;
}

export interface HealthPartState {
  name: string;
  light: Light;
  facts: HealthFact[];
}

const number = (value: unknown) => (typeof value === "number" ? value : 0);

type Judge = (part: Record<string, unknown>) => Light;
const bad = (wrong: boolean, soon = false): Light => (wrong ? "red" : soon ? "amber" : "green");

/** When a part is late or soon late; a part that nobody judges here is only shown. */
const JUDGES: Record<string, Judge> = {
  database: (part) => bad(part.migrated !== true, number(part.milliseconds) > 100),
  worker: (part) => bad(part.alive !== true),
  journal: (part) => bad(number(part.oldest_seconds) > 60, number(part.oldest_seconds) > 10),
  jobs: (part) => bad(false, number(part.failed) > 0),
  deliveries: (part) => bad(number(part.dead) > 0, number(part.waiting) > 1000),
  disk: (part) => bad(number(part.free_share) < 0.05, number(part.free_share) < 0.15),
};

/** The parts of an installation, those that need a hand first. */
export function partsOf(health: Health): HealthPartState[] {
  const rank: Record<string, number> = { red: 0, amber: 1, green: 2, grey: 3 };
  const parts = Object.entries(health.parts).map(([name, part]) => {
    const light = part.error ? "red" : (JUDGES[name]?.(part) ?? "grey");
    const facts = Object.entries(part).filter(([, value]) => typeof value !== "object" || value === null);
    return { name, light, facts: facts.map(([fact, value]) => ({ name: fact, value })) };
  });
  return parts.sort((a, b) => (rank[a.light] ?? 9) - (rank[b.light] ?? 9));
}

/** 12.3 GB. */
export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(count) / Math.log(1000)));
  return `${(count / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
