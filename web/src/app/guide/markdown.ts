/** As much of Markdown as the guide is written in, as data: the page draws it, and nothing is ever run as HTML. */

export type Inline =
  | { kind: "text" | "strong" | "code"; text: string }
  | { kind: "link"; text: string; to: string }
  | { kind: "image"; text: string; to: string };

export type Block =
  | { kind: "heading"; level: number; text: Inline[] }
  | { kind: "paragraph"; text: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const TOKEN = /!\[([^\]]*)\]\(([^)\s]+)\)|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|`([^`]+)`/g;

function token(match: RegExpMatchArray): Inline {
  const [, alt, source, label, target, strong, code] = match;
  if (source !== undefined) return { kind: "image", text: alt ?? "", to: source };
  if (target !== undefined) return { kind: "link", text: label ?? "", to: target };
  return strong !== undefined ? { kind: "strong", text: strong } : { kind: "code", text: code ?? "" };
}

export function inline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) parts.push({ kind: "text", text: text.slice(at, match.index) });
    parts.push(token(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}

const cells = (line: string) => line.replace(/^\||\|$/g, "").split("|").map((cell) => inline(cell.trim()));
const ITEM = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;

interface Reader {
  starts: RegExp;
  read: (lines: string[]) => Block;
}

/** How a run of lines becomes a block, by how its first line starts. */
const READERS: Reader[] = [
  { starts: /^#{1,6}\s/, read: ([line = ""]) => ({ kind: "heading", level: line.indexOf(" "), text: inline(line.replace(/^#+\s+/, "")) }) },
  { starts: /^```/, read: (lines) => ({ kind: "code", text: lines.slice(1, -1).join("\n") }) },
  { starts: /^\|/, read: ([head = "", , ...rows]) => ({ kind: "table", head: cells(head), rows: rows.map(cells) }) },
  {
    starts: ITEM,
    read: (lines) => ({ kind: "list", ordered: /^\s*\d/.test(lines[0] ?? ""), items: lines.map((line) => inline(ITEM.exec(line)?.[2] ?? line.trim())) }),
  },
  { starts: /^/, read: (lines) => ({ kind: "paragraph", text: inline(lines.join("")) }) },
];
const readerOf = (line: string) => READERS.find((reader) => reader.starts.test(line)) as Reader;

/** How many lines from `from` on belong together: a fence to its end, a heading alone, others while they are of a kind. */
function reach(lines: readonly string[], from: number, reader: Reader): number {
  if (reader === READERS[0]) return 1;
  if (reader === READERS[1]) {
    const end = lines.findIndex((line, index) => index > from && line.startsWith("```"));
    return (end < 0 ? lines.length : end + 1) - from;
  }
  let count = 1;
  while (from + count < lines.length && lines[from + count]?.trim() && readerOf(lines[from + count] ?? "") === reader) count += 1;
  return count;
}

export function blocks(source: string): Block[] {
  const lines = source.split(/\r?\n/);
  const found: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (!line.trim()) {
      at += 1;
      continue;
    }
    const reader = readerOf(line);
    const count = reach(lines, at, reader);
    found.push(reader.read(lines.slice(at, at + count)));
    at += count;
  }
  return found;
}
