/** What the server says when it refuses: RFC 9457 problem+json with the project's stable code. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail?: string;
  field?: string | null;
  errors?: FieldError[];
  params?: Record<string, unknown>;
  current?: unknown;
  retry_after?: number | null;
}

export interface FieldError {
  field: string | null;
  code?: string;
  message?: string;
  params?: Record<string, unknown>;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title ?? body.code);
    this.name = "Problem";
    this.status = body.status;
    this.code = body.code;
    this.body = body;
  }

  /** A stale write: somebody changed the thing first, and `current` is how it stands now. */
  get stale(): boolean {
    return this.status === 409 && this.body.current != null;
  }
}

export const OFFLINE = "web.offline";
export const UNREADABLE = "web.unreadable";

/** Reads a refusal; a server that does not answer in problem+json (a proxy, a crash) still gets a code. */
export async function problemFrom(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Partial<ProblemBody>;
    if (typeof body.code === "string") return new Problem({ ...body, status: response.status, code: body.code });
  } catch {
    // Not JSON: the status alone must do.
  }
  return new Problem({ status: response.status, code: `web.http_${response.status}` });
}

export function offline(): Problem {
  return new Problem({ status: 0, code: OFFLINE });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ status: 0, code: UNREADABLE, detail: error instanceof Error ? error.message : String(error) });
}

type Translate = (key: string, params: Record<string, unknown>) => string;

export interface Words {
  t: Translate;
  te: (key: string) => boolean;
}

const GENERAL: Record<number, string> = {
  0: "refusal.web.offline",
  401: "refusal.web.unauthenticated",
  403: "refusal.web.forbidden",
  404: "refusal.web.not_found",
  409: "refusal.web.conflict",
  413: "refusal.web.too_large",
  422: "refusal.web.invalid",
  429: "refusal.web.too_many",
};

function say(words: Words, code: string | undefined, status: number, params: Record<string, unknown>): string {
  for (const key of [`refusal.${code}`, `refusal.field.${code}`]) {
    if (code && words.te(key)) return words.t(key, params);
  }
  return words.t(GENERAL[status] ?? "refusal.web.server", { ...params, status });
}

/** The refusal in the reader's language; an unknown code falls back to what its status means. */
export function tell(problem: Problem, words: Words): string {
  return say(words, problem.code, problem.status, problem.body.params ?? {});
}

/** Refusals by field, so that a form shows each beside what it is about. */
export function fieldErrors(problem: Problem, words: Words): Record<string, string> {
  const found: Record<string, string> = {};
  for (const error of problem.body.errors ?? []) {
    if (error.field) found[leaf(error.field)] = say(words, error.code, problem.status, error.params ?? {});
  }
  if (problem.body.field) found[leaf(problem.body.field)] ??= tell(problem, words);
  return found;
}

/** `given.department` and `body.given.department` are the form's `department`. */
function leaf(field: string): string {
  return field.split(".").at(-1) ?? field;
}
