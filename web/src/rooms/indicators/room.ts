import { Compass, Location, Odometer, Tickets } from "@element-plus/icons-vue";
import type { Room } from "@/shared/room";

const READ = ["indicators.read"] as const;
const REGISTERS = ["indicators.registers.read"] as const;
const meta = (title: string, more: object = {}) => ({ title, permissions: READ, fills: true, guide: "indicators", ...more });

export default {
  name: "indicators",
  routes: [
    { path: "indicators", name: "indicators", component: () => import("./pages/ScorecardsPage.vue"), meta: meta("ind.page.scores") },
    { path: "indicators/compare", name: "indicator-compare", component: () => import("./pages/ComparePage.vue"), meta: meta("ind.page.compare") },
    { path: "indicators/new", name: "indicator-new", component: () => import("./pages/EditorPage.vue"), meta: meta("ind.page.edit", { permissions: ["indicators.write"] }) },
    { path: "indicators/:id", name: "indicator", component: () => import("./pages/IndicatorPage.vue"), props: true, meta: meta("ind.page.one") },
    { path: "indicators/:id/edit", name: "indicator-edit", component: () => import("./pages/EditorPage.vue"), props: true, meta: meta("ind.page.edit", { permissions: ["indicators.write"] }) },
    { path: "registers", name: "registers", component: () => import("./pages/RegistersPage.vue"), meta: meta("ind.page.registers", { permissions: REGISTERS }) },
    { path: "registers/:code", name: "register", component: () => import("./pages/RegistersPage.vue"), props: true, meta: meta("ind.page.registers", { permissions: REGISTERS }) },
    { path: "circle", name: "circle", component: () => import("./pages/LifeCirclePage.vue"), meta: meta("circle.page", { guide: "life-circle" }) },
    { path: "siting", name: "siting", component: () => import("./pages/SitingPage.vue"), meta: meta("siting.page", { guide: "life-circle" }) },
  ],
  menu: [
    { to: "indicators", label: "ind.page.scores", icon: Odometer, permissions: READ, roles: ["planner"], group: "look", order: 36 },
    { to: "registers", label: "ind.page.registers", icon: Tickets, permissions: REGISTERS, group: "look", order: 37 },
    { to: "circle", label: "circle.page", icon: Compass, permissions: READ, roles: ["planner"], group: "look", order: 34 },
    { to: "siting", label: "siting.page", icon: Location, permissions: READ, roles: ["planner"], group: "look", order: 35 },
  ],
} satisfies Room;
