import { MapLocation } from "@element-plus/icons-vue";
import type { Room } from "@/shared/room";

export default {
  name: "places",
  routes: [{ path: "map", name: "map", component: () => import("./pages/TownMapPage.vue"), meta: { title: "page.map", permissions: ["places.read"], fills: true, guide: "README" } }],
  menu: [{ to: "map", label: "page.map", icon: MapLocation, permissions: ["places.read"], roles: ["planner"], group: "look", order: 30 }],
  settings: {
    routes: [
      { path: "lists", name: "lists", component: () => import("./pages/ListsPage.vue"), meta: { title: "page.lists", permissions: ["places.import"], guide: "import" } },
      { path: "import", name: "import", component: () => import("./pages/ImportPage.vue"), meta: { title: "page.import", permissions: ["places.import"], guide: "import" } },
    ],
    menu: [
      { to: "lists", label: "page.lists", permissions: ["places.import"], group: "work", order: 26 },
      { to: "import", label: "page.import", permissions: ["places.import"], group: "work", order: 25 },
    ],
  },
} satisfies Room;
