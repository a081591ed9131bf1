import { fileURLToPath, URL } from "node:url";
import vue from "@vitejs/plugin-vue";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import { VantResolver } from "@vant/auto-import-resolver";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vitest/config";
import { ownHostOnly, phone } from "./vite.phone";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.CHENGYUN_WEB_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  // The built client is served by WhiteNoise under /static/; Django answers client routes with index.html.
  base: command === "build" ? "/static/" : "/",
  plugins: [ownHostOnly(), vue(), components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: "css" }), VantResolver()] }),
    phone("m", here("./src/app/mobile/sw.js"))],
  resolve: { alias: { "@": here("./src") } },
  define: { __INTLIFY_PROD_DEVTOOLS__: "false", __VUE_I18N_LEGACY_API__: "false" },
  worker: { format: "es" },
  build: {
    outDir: here("../src/chengyun/web"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: { input: { index: here("./index.html"), m: here("./m.html") } },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": server, "/tiles": server, "/auth": server, "/r": server },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
}));
