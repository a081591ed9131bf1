import { figureOf, type ReviewItem } from "./review";

/** One field of an item with its value and the words of the document behind it. */
export interface Field {
  name: string;
  value: string;
  words: string;
}

interface Evidence {
  words?: unknown;
  text?: unknown;
}
const wordsOf = (evidence: Record<string, unknown>, name: string): string => {
  const found = evidence[name] as Evidence | undefined;
  const words = found?.words ?? found?.text;
  return typeof words === "string" ? words : "";
};

/** What the review says of an item beside its text: only what is known or asked. */
export function partsOf(item: ReviewItem): Field[] {
  const { evidence } = item.row;
  const field = (name: string, value: string | null, from = name): Field => ({ name, value: value ?? "", words: wordsOf(evidence, from) });
  if (item.kind === "task") {
    const owners = item.row.parties.map((party) => field(`role_${party.role}`, party.department ? party.department.name : `${party.words} ?`));
    return [...owners, field("lead_words", item.row.lead_words, "lead"), field("due_on", item.row.due_on ?? item.row.due_event, "due"), field("address", item.row.address)].filter((one) => one.value || one.words);
  }
  if (item.kind === "target") {
    const { row } = item;
    const figure = [field("value", figureOf(row)), field("by_on", row.by_on, "by"), field("baseline", row.baseline === null ? "" : String(row.baseline)), field("question", row.question)];
    return figure.filter((one) => one.value || one.words);
  }
  return [field("category", item.row.category), field("due_on", item.row.due_on), field("investment", item.row.investment === null ? "" : String(item.row.investment)), field("address", item.row.address)].filter((one) => one.value);
}
export type { ReviewItem };
