import type { CaseClock, Light } from "@/api";

/** The light of one clock: fixed once it stopped, grey while it stands still or has no limit. */
export function clockLight(clock: CaseClock, now: Date): Light {
  if (clock.stopped_at) return clock.on_time === null ? "grey" : clock.on_time ? "green" : "red";
  if (clock.paused_at || !clock.due_at) return "grey";
  const due = new Date(clock.due_at).getTime();
  if (due < now.getTime()) return "red";
  const start = new Date(clock.started_at).getTime();
  return now.getTime() - start >= 0.8 * (due - start) ? "amber" : "blue";
}
