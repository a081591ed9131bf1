const texts = import.meta.glob<string>("../../../../docs/guide/*.md", { query: "?raw", import: "default" });
const pictures = import.meta.glob<string>("../../../../docs/pictures/*.webp", { query: "?url", import: "default", eager: true });

const nameOf = (path: string) => path.split("/").at(-1)?.replace(/\.md$/, "") ?? "";

/** The text of a page of the guide; empty where there is none. */
export async function pageText(page: string): Promise<string> {
  const found = Object.entries(texts).find(([path]) => nameOf(path) === page);
  return found ? found[1]() : "";
}

export function pictureUrl(link: string): string | undefined {
  return Object.entries(pictures).find(([path]) => path.endsWith(link.replace(/^(\.\.\/)+/, "/")))?.[1];
}

/** Where a link between pages leads here; links to other documents are only words. */
export function guideLink(link: string): string | null {
  const name = nameOf(link.split("#")[0] ?? "");
  const known = !link.includes("/") && Object.keys(texts).some((path) => nameOf(path) === name);
  return known ? `/guide/${name}` : null;
}
