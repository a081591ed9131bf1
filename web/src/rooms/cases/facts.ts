import type { CaseDetail } from "@/api";
import { exact } from "@/shared/time/words";
import { reasonWords } from "./reason";

type Say = (key: string, params?: Record<string, unknown>) => string;
type Fact = [name: string, value: string | null | undefined];

const joined = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join(" · ");

function kindOf(one: CaseDetail, language: string, t: Say): string {
  if (!one.class) return t("case.unclassed");
  return `${language === "en" ? one.class.en : one.class.name} ${one.class.code}`;
}

function placeFacts(one: CaseDetail, t: Say): Fact[] {
  const areas = [one.grid, one.cell, one.community, one.compound].map((area) => area?.name);
  return [["address", one.address || t("case.unplaced")], ["area", joined(areas)]];
}

function workFacts(one: CaseDetail, language: string, t: Say): Fact[] {
  return [
    ["department", one.department?.name],
    ["suggestion", one.department ? null : one.suggested?.department?.name],
    ["why", reasonWords(one.suggested?.reason ?? one.routing.department, language, t)],
    ["handler", one.assignee?.name],
    ["verifier", one.verifier?.name],
  ];
}

/** What is known of a case, label and value; what is not known is not listed. */
export function factsOf(one: CaseDetail, short: boolean, language: string, t: Say): Fact[] {
  const upper = one.is_order ? joined([one.upper_number, one.upper_kind && t(`demand.${one.upper_kind}`)]) : null;
  const rows: Fact[] = [
    ["class", kindOf(one, language, t)],
    ...placeFacts(one, t),
    ["channel", t(`channel.${one.channel}`)],
    ["upper", upper],
    ...workFacts(one, language, t),
    ["accept", short ? null : one.standard?.accept],
    ["close", one.standard?.close],
    ["review_on", one.review_on],
    ["reported_at", exact(new Date(one.reported_at))],
  ];
  return rows.filter(([, value]) => value);
}
