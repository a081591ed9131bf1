import { DocumentChecked } from "@element-plus/icons-vue";
import type { Room } from "@/shared/room";
import { READ } from "./places";

const meta = (title: string, permissions: readonly string[] = READ, more: object = {}) => ({ title, permissions, fills: true, guide: "plans", ...more });

export default {
  name: "plans",
  routes: [
    { path: "plans", name: "plans", component: () => import("./pages/DocumentsPage.vue"), meta: meta("plan.page.documents") },
    { path: "plans/documents/:id", name: "plan-review", component: () => import("./pages/ReviewPage.vue"), props: true, meta: meta("plan.page.review") },
  ],
  menu: [
    { to: "plans", label: "plan.page.documents", icon: DocumentChecked, permissions: ["plans.write"], roles: ["planner"], group: "work", order: 40 },
  ],
} satisfies Room;
