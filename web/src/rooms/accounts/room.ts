import type { RouteRecordRaw } from "vue-router";
import type { Room, SettingsItem } from "@/shared/room";

const READ = ["accounts.read", "accounts.manage"];
/** Who only reads finds people in the forms: the list of settings is for who sets something. */
const MANAGE = ["accounts.manage"];

function page(name: string, load: RouteRecordRaw["component"], permissions: readonly string[]): RouteRecordRaw {
  return { path: name, name, component: load, meta: { title: `${name}.title`, permissions, guide: "roles" } } as RouteRecordRaw;
}
function item(name: string, permissions: readonly string[], order: number): SettingsItem {
  return { to: name, label: `${name}.title`, permissions, group: "organisation", order };
}

export default {
  name: "accounts",
  routes: [{ path: "account", name: "account", component: () => import("./pages/AccountPage.vue"), meta: { title: "account.title" } }],
  menu: [],
  settings: {
    routes: [
      page("people", () => import("./pages/PeoplePage.vue"), READ),
      page("departments", () => import("./pages/DepartmentsPage.vue"), READ),
      page("posts", () => import("./pages/PostsPage.vue"), READ),
      page("roles", () => import("./pages/RolesPage.vue"), READ),
      page("grants", () => import("./pages/GrantsPage.vue"), READ),
      page("duties", () => import("./pages/DutiesPage.vue"), ["accounts.duties"]),
      page("roster", () => import("./pages/RosterPage.vue"), READ),
      page("tokens", () => import("./pages/TokensPage.vue"), ["accounts.tokens"]),
      page("looks", () => import("./pages/LooksPage.vue"), ["accounts.looks"]),
    ],
    menu: [
      item("people", MANAGE, 1),
      item("departments", MANAGE, 2),
      item("posts", MANAGE, 3),
      item("roles", MANAGE, 4),
      item("grants", MANAGE, 5),
      item("duties", ["accounts.duties"], 6),
      item("roster", ["accounts.roster"], 7),
      { ...item("tokens", ["accounts.tokens"], 30), group: "links" },
      { ...item("looks", ["accounts.looks"], 50), group: "running" },
    ],
  },
} satisfies Room;
