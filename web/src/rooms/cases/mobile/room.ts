import type { MobileRoom } from "@/shared/mobile";

const room: MobileRoom = {
  routes: [
    { path: "tasks", name: "tasks", component: () => import("./TasksPage.vue"), meta: { title: "field.tasks" } },
    { path: "report", name: "report", component: () => import("./FieldReportPage.vue"), meta: { title: "field.report" } },
    { path: "cases/:id", name: "task", component: () => import("./TaskPage.vue"), meta: { title: "field.task" } },
  ],
  tabs: [
    { to: "tasks", label: "field.tasks", icon: "todo-list-o", permissions: ["cases.verify", "cases.check", "cases.handle", "cases.settle"], order: 1 },
    { to: "report", label: "field.report", icon: "photograph", permissions: ["cases.report"], order: 2 },
  ],
};

export default room;
