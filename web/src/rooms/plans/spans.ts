/** From the text of a reading and the spans of its items to what the review screen draws: lines of marked pieces. */

export type Span = readonly [start: number, end: number];
/** As the server sends ranges. */
export type Range = readonly number[];
export type ItemKind = "task" | "target" | "project" | "question" | "other";

export interface Mark {
  id: string;
  kind: ItemKind;
  spans: readonly Range[];
}

export interface Piece {
  start: number;
  text: string;
  /** Items whose words these are, separated by blanks: CSS finds them with `[data-items~=id]`. */
  items: string;
  kind: ItemKind | "";
}

export interface Line {
  start: number;
  end: number;
  page: number;
  /** Level of a heading, 0 for running text. */
  level: number;
  pieces: Piece[];
}

interface Cut {
  start: number;
  end: number;
  id: string;
  kind: ItemKind;
}

/** Drawn over one another, the narrower kind wins: a target inside a task's sentence is seen. */
const RANK: Record<ItemKind, number> = { other: 0, task: 1, project: 2, question: 3, target: 4 };

/** A paragraph of the text with its place in the whole. */
export interface Paragraph {
  start: number;
  end: number;
  page: number;
  text: string;
}

function piecesOf(text: string, line: Span, over: readonly Cut[]): Piece[] {
  const ends = new Set([line[0], line[1]]);
  for (const cut of over) {
    if (cut.start > line[0]) ends.add(cut.start);
    if (cut.end < line[1]) ends.add(cut.end);
  }
  const at = [...ends].sort((a, b) => a - b);
  return at.slice(0, -1).map((start, index) => {
    const end = at[index + 1] ?? line[1];
    const here = over.filter((cut) => cut.start < end && cut.end > start);
    const top = here.reduce<ItemKind | "">((best, cut) => (best === "" || RANK[cut.kind] > RANK[best] ? cut.kind : best), "");
    return { start, text: text.slice(start - line[0], end - line[0]), items: [...new Set(here.map((cut) => cut.id))].join(" "), kind: top };
  });
}

/**
 * The lines of a document with the words of every item marked. `headings`
 * gives the level of the heading that starts at an offset. Linear in lines and marks.
 */
export function linesOf(paragraphs: readonly Paragraph[], marks: readonly Mark[], headings: ReadonlyMap<number, number>): Line[] {
  const cuts: Cut[] = marks.flatMap((mark) => mark.spans.map(([start = 0, end = 0]) => ({ start, end, id: mark.id, kind: mark.kind })));
  cuts.sort((a, b) => a.start - b.start);
  let next = 0;
  let active: Cut[] = [];
  return paragraphs.map(({ start, end, page, text }) => {
    active = active.filter((cut) => cut.end > start);
    for (let cut = cuts[next]; cut && cut.start < end; cut = cuts[++next]) if (cut.end > start) active.push(cut);
    return { start, end, page, level: levelIn(headings, start, end), pieces: piecesOf(text, [start, end], active) };
  });
}

function levelIn(headings: ReadonlyMap<number, number>, start: number, end: number): number {
  // A heading may stand after blanks that its line starts with.
  for (let at = start; at < Math.min(end, start + 4); at++) {
    const level = headings.get(at);
    if (level !== undefined) return level;
  }
  return 0;
}

/** Where a place in the drawn text stands in the original: `piece` is the element that a piece was drawn as. */
export function offsetOf(node: Node, offset: number): number | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>("[data-start]");
  return piece ? Number(piece.dataset.start) + (node.nodeType === Node.TEXT_NODE ? offset : 0) : null;
}

/** The range of the original text that is selected on the screen, if it lies inside `frame`. */
export function selectedSpan(frame: HTMLElement, selection: Selection | null): Span | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!frame.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start !== null && end !== null && end > start ? [start, end] : null;
}
