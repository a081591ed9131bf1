import { computed, ref, shallowRef, watch } from "vue";
import type { PlanDocumentDetail, PlanQuestion, PlanTextPage } from "@/api/plans";
import { http } from "@/shared/http/client";
import { useLive } from "@/shared/live/useLive";
import { useResource } from "@/shared/states/useResource";
import { useTell } from "@/shared/states/useTell";
import { everything, ITEM_PATH, take } from "./calls";
import { countsOf, fits, inOrder, marksOf, nextOf, stepFrom, type ReviewItem, type Shown } from "./review";
import { linesOf, type Paragraph } from "./spans";

interface Read {
  paragraphs: Paragraph[];
  items: ReviewItem[];
}
const AT_ONCE = 400;

/** The whole text with its items, page after page; `so_far` is told after each, so that reading can begin. */
async function textOf(id: string, soFar: (read: Read) => void, signal: AbortSignal): Promise<Read> {
  const read: Read = { paragraphs: [], items: [] };
  for (let first: number | null = 0; first !== null; ) {
    const page: PlanTextPage = await http.get<PlanTextPage>(`plans/documents/${id}/text`, { first, limit: AT_ONCE }, signal);
    read.paragraphs.push(...page.paragraphs);
    for (const row of [...page.tasks, ...page.targets, ...page.projects]) read.items.push({ kind: row.kind, id: row.id, row } as ReviewItem);
    first = page.next;
    soFar({ paragraphs: [...read.paragraphs], items: inOrder(read.items) });
  }
  return { paragraphs: read.paragraphs, items: inOrder(read.items) };
}

/** One document under review: its words, its items, which one is looked at, and what was said about each. */
export function useReview(id: () => string) {
  const say = useTell();
  const document = useResource<PlanDocumentDetail>((signal) => http.get(`plans/documents/${id()}`, {}, signal), id);
  const paragraphs = shallowRef<Paragraph[]>([]);
  const all = shallowRef<ReviewItem[]>([]);
  const read = useResource<Read>((signal) => textOf(id(), (part) => {
    if (part.paragraphs.length < paragraphs.value.length) return;
    paragraphs.value = part.paragraphs;
    all.value = part.items;
  }, signal), id);
  const questions = useResource<PlanQuestion[]>((signal) => everything(`plans/documents/${id()}/questions`, {}, signal), id);
  const shown = ref<Shown>("open");
  const chosen = ref<string | null>(null);
  const hovered = ref<string | null>(null);
  const busy = ref(false);
  let opened = false;
  const merging = shallowRef<ReviewItem | null>(null);
  watch(read.data, (whole) => {
    if (!whole) return;
    // A document that was reviewed opens on all of it.
    if (!opened && !whole.items.some((item) => item.row.state === "proposed")) shown.value = "all";
    opened = true;
    paragraphs.value = whole.paragraphs;
    all.value = whole.items;
  });

  const counts = computed(() => countsOf(all.value));
  // What was just accepted stays in the list until one goes on, so that nothing jumps under the hand.
  const listed = computed(() => all.value.filter((item) => fits(item, shown.value) || item.id === chosen.value));
  const marked = computed(() => marksOf(all.value, questions.data.value ?? []));
  const headings = computed(() => new Map((document.data.value?.clauses ?? []).map((one) => [one.start, one.level])));
  // Spans do not change when a verb is taken: the text is drawn anew only when items come or go.
  const drawn = computed(() => marked.value.map((mark) => `${mark.id}:${mark.kind}:${mark.spans.join()}`).join("|"));
  const lines = shallowRef(linesOf([], [], new Map()));
  watch([drawn, paragraphs, headings], () => (lines.value = linesOf(paragraphs.value, marked.value, headings.value)), { immediate: true });
  const current = computed(() => all.value.find((item) => item.id === chosen.value) ?? null);

  const reload = () => Promise.all([document.reload(), read.reload(), questions.reload()]);
  const step = (by: number) => (chosen.value = stepFrom(listed.value.map((item) => item.id), chosen.value, by));
  /** What a verb answers has no words behind its fields: they stay as they were. */
  const put = (row: object & { id: string }) => (all.value = all.value.map((item) => (item.id === row.id ? ({ ...item, row: { ...item.row, ...row } } as ReviewItem) : item)));
  /** Takes a verb of the item and goes on to the next; a refusal is said and everything read anew. */
  async function act(item: ReviewItem, verb: string, given: Record<string, unknown> = {}): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const next = nextOf(listed.value.map((one) => one.id), item.id);
    try {
      put(await take<ReviewItem["row"]>(ITEM_PATH[item.kind], item.row, verb, given));
      if (next) chosen.value = next;
    } catch (error) {
      say.refused(error);
      await reload();
    } finally {
      busy.value = false;
    }
  }
  useLive(["plan_document"], () => void reload(), 4_000);
  return { document, read, questions, shown, chosen, hovered, busy, merging, mergeFrom: (item: ReviewItem) => (merging.value = item), counts, listed, lines, current, all, reload, step, put, act };
}

export type Review = ReturnType<typeof useReview>;
