import "element-plus/theme-chalk/base.css";
import "element-plus/theme-chalk/dark/css-vars.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/element.css";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { startTheme } from "@/shared/theme";
import App from "./App.vue";
import { i18n, keptLanguage, speak } from "./i18n";
import { router } from "./router";

// After an update the old page asks for parts that are gone: it is loaded anew, once.
const RELOADED = "chengyun.reloaded";
addEventListener("vite:preloadError", (event) => {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
});

startTheme();
await speak(keptLanguage());
createApp(App).use(createPinia()).use(i18n).use(router).mount("#app");
