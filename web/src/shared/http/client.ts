import { offline, problemFrom } from "./problem";

export const API = "/api/v1";

type Scalar = string | number | boolean | null | undefined;
export type Query = Record<string, Scalar | readonly Scalar[]>;

export interface Options {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Makes a POST repeatable: the server answers the same key with the first answer. */
  key?: string;
}

export interface Answer<T> {
  status: number;
  data: T;
}

type Listener = () => void;
const signedOut = new Set<Listener>();

/** Called whenever the server says that the session is over. */
export function onSignedOut(listener: Listener): void {
  signedOut.add(listener);
}

export function queryString(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one != null && one !== "") search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

function headersOf(method: string, options: Options): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") headers.set("X-CSRFToken", cookie("chengyun_csrf"));
  if (options.key) headers.set("Idempotency-Key", options.key);
  if (options.body !== undefined && !(options.body instanceof FormData)) headers.set("Content-Type", "application/json");
  return headers;
}

function bodyOf(options: Options): BodyInit | undefined {
  if (options.body === undefined) return undefined;
  return options.body instanceof FormData ? options.body : JSON.stringify(options.body);
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const url = (path.startsWith("/") ? path : `${API}/${path}`) + queryString(options.query);
  try {
    return await fetch(url, {
      method,
      headers: headersOf(method, options),
      body: bodyOf(options),
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw offline();
  }
}

async function taken(method: string, path: string, options: Options): Promise<Response> {
  const response = await send(method, path, options);
  if (response.ok) return response;
  const problem = await problemFrom(response);
  if (problem.status === 401) for (const listener of signedOut) listener();
  throw problem;
}

/** Sends a request below /api/v1 and returns status and parsed body; throws `Problem` for every refusal. */
export async function ask<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const response = await taken(method, path, options);
  const text = response.status === 204 ? "" : await response.text();
  return { status: response.status, data: (text ? JSON.parse(text) : null) as T };
}

export const http = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    (await ask<T>("GET", path, { query, signal })).data,
  post: async <T>(path: string, body?: unknown, key?: string): Promise<T> =>
    (await ask<T>("POST", path, { body: body ?? {}, key })).data,
  /** A file that the server makes for a POST. */
  file: async (path: string, query: Query, body: unknown): Promise<Blob> => (await taken("POST", path, { query, body })).blob(),
  put: async <T>(path: string, body: unknown): Promise<T> => (await ask<T>("PUT", path, { body })).data,
  patch: async <T>(path: string, body: unknown): Promise<T> => (await ask<T>("PATCH", path, { body })).data,
  delete: async <T>(path: string, query?: Query): Promise<T> => (await ask<T>("DELETE", path, { query })).data,
};
