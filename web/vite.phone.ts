import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

interface Chunk {
  type: "chunk";
  isEntry: boolean;
  name: string;
  imports: string[];
  dynamicImports: string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
}

/** Every file that the phone's page can need, following static and dynamic imports from its entry. */
function reachable(bundle: Record<string, { type: string }>, entry: string): string[] {
  const chunks = Object.fromEntries(Object.entries(bundle).filter(([, one]) => one.type === "chunk")) as unknown as Record<string, Chunk>;
  const start = Object.entries(chunks).find(([, chunk]) => chunk.isEntry && chunk.name === entry);
  if (!start) throw new Error(`the build has no entry ${entry}`);
  const found = new Set<string>();
  const queue = [start[0]];
  for (let file = queue.pop(); file; file = queue.pop()) {
    const chunk = chunks[file];
    if (!chunk || found.has(file)) continue;
    found.add(file);
    chunk.viteMetadata?.importedCss.forEach((css) => found.add(css));
    chunk.viteMetadata?.importedAssets.forEach((asset) => found.add(asset));
    queue.push(...chunk.imports, ...chunk.dynamicImports);
  }
  return [...found].sort();
}

/** Writes sw.js: the phone's service worker with the list of files of exactly this build. */
export function phone(entry: string, source: string): Plugin {
  return {
    name: "chengyun-phone",
    apply: "build",
    enforce: "post",
    generateBundle: {
      // After Vite has dropped the chunks that held nothing but styles.
      order: "post",
      handler(_options, bundle) {
        const files = reachable(bundle, entry).filter((file) => file in bundle).map((file) => `/static/${file}`);
        const version = createHash("sha256").update(files.join("|")).digest("hex").slice(0, 12);
        const text = readFileSync(source, "utf8");
        const filled = text.replace('"__VERSION__"', JSON.stringify(version)).replace('["__FILES__"]', JSON.stringify(files));
        this.emitFile({ type: "asset", fileName: "sw.js", source: filled });
      },
    },
  };
}

/** The phone's component library names a font on a foreign host as a fallback; the built client names no other host. */
export function ownHostOnly(): Plugin {
  const foreign = /,\s*url\(["']?(?:https?:)?\/\/[^)]*\)\s*format\([^)]*\)/g;
  return {
    name: "chengyun-own-host",
    enforce: "pre",
    transform: (code, id) => (/\/vant\/.*\.css/.test(id) && foreign.test(code) ? code.replace(foreign, "") : null),
  };
}
