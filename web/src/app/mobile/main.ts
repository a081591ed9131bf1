import "vant/es/toast/style";
import "vant/es/dialog/style";
import "vant/es/notify/style";
import "../theme/tokens.css";
import "../theme/base.css";
import "./phone.css";
import { Locale } from "vant";
import en from "vant/es/locale/lang/en-US";
import zh from "vant/es/locale/lang/zh-CN";
import { createPinia } from "pinia";
import { createApp, watchEffect } from "vue";
import { i18n, keptLanguage, speak } from "../i18n";
import MobileApp from "./MobileApp.vue";
import { router } from "./router";

async function install(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/m" });
  } catch {
    // Without a secure context there is no service worker; the page itself says so.
  }
}

document.documentElement.dataset.theme = "light";
await speak(keptLanguage());
watchEffect(() => (i18n.global.locale.value === "en" ? Locale.use("en-US", en) : Locale.use("zh-CN", zh)));
createApp(MobileApp).use(createPinia()).use(i18n).use(router).mount("#app");
if (import.meta.env.PROD) void install();
