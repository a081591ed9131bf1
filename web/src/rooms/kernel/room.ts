import type { RouteRecordRaw } from "vue-router";
import type { Room, SettingsItem } from "@/shared/room";

function page(name: string, load: RouteRecordRaw["component"], permission: string): RouteRecordRaw {
  return { path: name, name, component: load, meta: { title: `${name}.title`, permissions: [permission], guide: "administrator" } } as RouteRecordRaw;
}
function item(name: string, permission: string, group: SettingsItem["group"], order: number): SettingsItem {
  return { to: name, label: `${name}.title`, permissions: [permission], group, order };
}

export default {
  name: "kernel",
  routes: [],
  menu: [],
  settings: {
    routes: [
      page("calendar", () => import("./pages/CalendarPage.vue"), "kernel.settings"),
      page("webhooks", () => import("./pages/WebhooksPage.vue"), "kernel.settings"),
      page("health", () => import("./pages/HealthPage.vue"), "kernel.health"),
      page("jobs", () => import("./pages/JobsPage.vue"), "kernel.health"),
      page("letters", () => import("./pages/DeadLettersPage.vue"), "kernel.health"),
      page("journal", () => import("./pages/JournalPage.vue"), "kernel.audit"),
      page("env", () => import("./pages/EnvPage.vue"), "kernel.settings"),
    ],
    menu: [
      item("calendar", "kernel.settings", "work", 21),
      item("webhooks", "kernel.settings", "links", 31),
      item("health", "kernel.health", "running", 41),
      item("jobs", "kernel.health", "running", 42),
      item("letters", "kernel.health", "running", 43),
      item("journal", "kernel.audit", "running", 44),
      item("env", "kernel.settings", "running", 60),
    ],
  },
} satisfies Room;
