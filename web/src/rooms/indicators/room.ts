import { Location, MapLocation } from "@element-plus/icons-vue";
import type { Room } from "@/shared/room";

const READ = ["indicators.read"] as const;
const meta = (title: string, more: object = {}) => ({ title, permissions: READ, fills: true, guide: "indicators", ...more });

export default {
  name: "indicators",
  routes: [
    { path: "circle", name: "circle", component: () => import("./pages/LifeCirclePage.vue"), meta: meta("circle.page") },
    { path: "siting", name: "siting", component: () => import("./pages/SitingPage.vue"), meta: meta("siting.page") },
  ],
  menu: [
    { to: "circle", label: "circle.page", icon: MapLocation, permissions: READ, roles: ["planner"], group: "look", order: 34 },
    { to: "siting", label: "siting.page", icon: Location, permissions: READ, roles: ["planner"], group: "look", order: 35 },
  ],
} satisfies Room;
