import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, it, vi } from "vitest";
import type { Me } from "@/api";

const get = vi.hoisted(() => vi.fn());
vi.mock("@/shared/http/client", () => ({ http: { get, post: vi.fn() }, onSignedOut: vi.fn() }));

const kept = new Map<string, string>();
const worker = { person: { name: "甲" }, permissions: [], roles: [], now: "2026-11-20T08:00:00Z" } as unknown as Me;

beforeEach(() => {
  kept.clear();
  kept.set("chengyun.session", "1");
  kept.set("chengyun.phone.me", JSON.stringify(worker));
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  vi.resetModules();
  setActivePinia(createPinia());
});

async function asked() {
  const { useWho } = await import("./useWho");
  const who = useWho();
  await who.ready();
  return who;
}

it("goes on with who was logged in last where a reload reaches no server", async () => {
  get.mockRejectedValue(new TypeError("Failed to fetch"));
  const who = await asked();
  expect(who.person.value?.person.name).toBe("甲");
  expect(kept.has("chengyun.phone.me")).toBe(true);
});

it("forgets who was logged in once the server says that the session is over", async () => {
  const { Problem } = await import("@/shared/http/problem");
  get.mockRejectedValue(new Problem({ status: 401, code: "kernel.not_logged_in" }));
  const who = await asked();
  expect(who.person.value).toBeNull();
  expect(kept.has("chengyun.phone.me")).toBe(false);
});
