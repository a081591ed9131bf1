import { Bell, DataLine, EditPen, Flag, Headset, House, List, Monitor, OfficeBuilding, Stamp, Timer } from "@element-plus/icons-vue";
import type { Room } from "@/shared/room";

const READ = ["cases.read"];
const meta = (title: string, permissions: readonly string[], more: object = {}) => ({ title, permissions, fills: true, guide: "centre", ...more });

export default {
  name: "cases",
  routes: [
    { path: "desk", name: "desk", component: () => import("./pages/DeskPage.vue"), meta: meta("page.desk", ["cases.receive", "cases.dispatch"]) },
    { path: "duty", name: "duty", component: () => import("./pages/DutyPage.vue"), meta: meta("page.duty", ["cases.approve_first", "cases.approve_second"]) },
    { path: "hotline", name: "hotline", component: () => import("./pages/HotlinePage.vue"), meta: meta("page.hotline", ["cases.upper"]) },
    { path: "department", name: "department", component: () => import("./pages/DepartmentPage.vue"), meta: meta("page.department", ["cases.sign", "cases.handle", "cases.answer"], { guide: "department" }) },
    { path: "neighbourhood", name: "neighbourhood", component: () => import("./pages/NeighbourhoodPage.vue"), meta: meta("page.neighbourhood", READ, { guide: "neighbourhood" }) },
    { path: "area", name: "area", component: () => import("./pages/AreaPage.vue"), meta: meta("page.area", READ, { guide: "neighbourhood" }) },
    { path: "supervision", name: "supervision", component: () => import("./pages/SupervisionPage.vue"), meta: meta("page.supervision", ["cases.supervise"]) },
    { path: "overview", name: "overview", component: () => import("./pages/OverviewPage.vue"), meta: meta("page.overview", READ, { fills: false }) },
    { path: "approvals", name: "approvals", component: () => import("./pages/ApprovalsPage.vue"), meta: meta("page.approvals", ["cases.approve_first", "cases.approve_second", "cases.approve_leader"], { fills: false }) },
    { path: "cases", name: "cases", component: () => import("./pages/CasesPage.vue"), meta: meta("page.cases", READ) },
    { path: "cases/new", name: "report", component: () => import("./pages/ReportPage.vue"), meta: meta("page.report", ["cases.report"], { fills: false }) },
    { path: "cases/:id", name: "case", component: () => import("./pages/CasePage.vue"), props: true, meta: meta("page.case", READ, { fills: false }) },
  ],
  menu: [
    { to: "desk", label: "page.desk", icon: Monitor, permissions: ["cases.receive", "cases.dispatch"], roles: ["operator"], group: "work", order: 10 },
    { to: "duty", label: "page.duty", icon: Timer, permissions: ["cases.approve_first", "cases.approve_second"], roles: ["duty_officer"], group: "work", order: 11 },
    { to: "hotline", label: "page.hotline", icon: Headset, permissions: ["cases.upper"], roles: ["hotline_clerk"], group: "work", order: 12 },
    { to: "department", label: "page.department", icon: OfficeBuilding, permissions: ["cases.sign", "cases.handle", "cases.answer"], roles: ["liaison", "handler", "posted_force", "contractor"], group: "work", order: 13 },
    { to: "neighbourhood", label: "page.neighbourhood", icon: House, permissions: READ, roles: ["neighbourhood"], only: true, group: "work", order: 14 },
    { to: "area", label: "page.area", icon: Flag, permissions: READ, roles: ["sector_head", "grid_head", "grid_worker"], only: true, group: "work", order: 15 },
    { to: "supervision", label: "page.supervision", icon: Bell, permissions: ["cases.supervise"], roles: ["supervisor"], group: "work", order: 16 },
    { to: "approvals", label: "page.approvals", icon: Stamp, permissions: ["cases.approve_first", "cases.approve_second", "cases.approve_leader"], group: "work", order: 17 },
    { to: "report", label: "page.report", icon: EditPen, permissions: ["cases.receive", "cases.upper"], group: "work", order: 18 },
    { to: "overview", label: "page.overview", icon: DataLine, permissions: READ, roles: ["leader", "centre_head"], group: "look", order: 20 },
    { to: "cases", label: "page.cases", icon: List, permissions: READ, group: "look", order: 21 },
  ],
  settings: {
    routes: [{ path: "classes", name: "classes", component: () => import("./pages/ClassesPage.vue"), meta: meta("page.classes", ["cases.standards", "kernel.settings"]) }],
    menu: [{ to: "classes", label: "page.classes", permissions: ["cases.standards", "kernel.settings"], group: "work", order: 20 }],
  },
} satisfies Room;
