import type { JobRow } from "@/api";

interface Words {
  t: (key: string, values: Record<string, unknown>) => string;
  te: (key: string) => boolean;
}

/** Why a job failed, in the reader's language where the server gave a code for it. */
export function jobFailure(job: Pick<JobRow, "error" | "result">, { t, te }: Words): string {
  const said = job.result?.refusal as { code: string; params: Record<string, unknown> } | undefined;
  const key = `refusal.${said?.code}`;
  return said && te(key) ? t(key, said.params) : job.error;
}
