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

startTheme();
await speak(keptLanguage());
createApp(App).use(createPinia()).use(i18n).use(router).mount("#app");
