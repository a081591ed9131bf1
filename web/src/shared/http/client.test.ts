import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, http, onSignedOut, queryString } from "./client";
import { Problem } from "./problem";

const calls: { url: string; init: RequestInit }[] = [];
let reply: () => Response = () => new Response("{}");

beforeEach(() => {
  calls.length = 0;
  vi.stubGlobal("document", { cookie: "a=1; chengyun_csrf=tok%3D; b=2" });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return reply();
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("a request", () => {
  it("leaves out what was not chosen and repeats what was chosen twice", () => {
    expect(queryString({ state: ["filed", "signed"], q: "", grid: null, limit: 50 })).toBe(
      "?state=filed&state=signed&limit=50",
    );
  });

  it("carries the CSRF token and the key of a repeatable post", async () => {
    reply = () => new Response('{"id":"1"}', { status: 201 });
    expect(await http.post("cases", { text: "x" }, "k-1")).toEqual({ id: "1" });
    const headers = new Headers(calls[0]?.init.headers);
    expect(calls[0]?.url).toBe("/api/v1/cases");
    expect(headers.get("X-CSRFToken")).toBe("tok=");
    expect(headers.get("Idempotency-Key")).toBe("k-1");
  });

  it("tells an accepted application (202) from a done act (200)", async () => {
    reply = () => new Response('{"approval":"a1"}', { status: 202 });
    expect((await ask("POST", "cases/1/verbs/suspend", { body: {} })).status).toBe(202);
  });

  it("throws the refusal and reports the end of the session", async () => {
    const ended = vi.fn();
    onSignedOut(ended);
    reply = () => new Response('{"code":"accounts.signed_out"}', { status: 401 });
    await expect(http.get("accounts/me")).rejects.toBeInstanceOf(Problem);
    expect(ended).toHaveBeenCalledOnce();
  });

  it("says offline when the network does", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    await expect(http.get("cases")).rejects.toMatchObject({ code: "web.offline", status: 0 });
  });
});
