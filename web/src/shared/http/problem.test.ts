import { describe, expect, it } from "vitest";
import { asProblem, fieldErrors, Problem, problemFrom, tell, type Words } from "./problem";

const texts: Record<string, string> = {
  "refusal.cases.text_missing": "请填写问题描述",
  "refusal.accounts.throttled": "请 {minutes} 分钟后再试",
  "refusal.web.not_found": "没有找到",
  "refusal.field.missing": "必填",
  "refusal.web.invalid": "填写有误",
  "refusal.web.server": "服务异常（{status}）",
};
const words: Words = {
  t: (key, params) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
  te: (key) => key in texts,
};

const answer = (body: unknown, status: number) => new Response(JSON.stringify(body), { status });

describe("a refusal", () => {
  it("is told by its code, with its parameters", async () => {
    const problem = await problemFrom(answer({ code: "accounts.throttled", params: { minutes: 5 } }, 429));
    expect(tell(problem, words)).toBe("请 5 分钟后再试");
  });

  it("falls back to what its status means when the code has no text yet", async () => {
    expect(tell(await problemFrom(answer({ code: "cases.unheard_of" }, 404)), words)).toBe("没有找到");
    expect(tell(await problemFrom(answer({ code: "cases.unheard_of" }, 500)), words)).toBe("服务异常（500）");
  });

  it("gets a code even when the answer is no JSON", async () => {
    const problem = await problemFrom(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    expect(problem.code).toBe("web.http_502");
    expect(tell(problem, words)).toBe("服务异常（502）");
  });

  it("lands beside the field it is about", () => {
    const problem = new Problem({ status: 422, code: "cases.text_missing", field: "given.text" });
    expect(fieldErrors(problem, words)).toEqual({ text: "请填写问题描述" });
  });

  it("lands beside each field of a list of errors", () => {
    const problem = new Problem({
      status: 422,
      code: "kernel.invalid",
      errors: [
        { field: "body.text", code: "cases.text_missing" },
        { field: "body.point", code: "missing" },
      ],
    });
    expect(fieldErrors(problem, words)).toEqual({ text: "请填写问题描述", point: "必填" });
  });

  it("knows a stale write by the state it brings", () => {
    expect(new Problem({ status: 409, code: "kernel.conflict", current: { version: 4 } }).stale).toBe(true);
    expect(new Problem({ status: 409, code: "kernel.busy" }).stale).toBe(false);
  });

  it("wraps what is no refusal at all", () => {
    expect(asProblem(new TypeError("x")).code).toBe("web.unreadable");
  });
});
