import { AlarmClock, Briefcase, Calendar, DocumentChecked, Finished, Memo, Place, TrendCharts } from "@element-plus/icons-vue";
import type { Room } from "@/shared/room";
import { READ } from "./places";

const meta = (title: string, permissions: readonly string[] = READ, more: object = {}) => ({ title, permissions, fills: true, guide: "plans", ...more });

export default {
  name: "plans",
  routes: [
    { path: "plans", name: "plans", component: () => import("./pages/DocumentsPage.vue"), meta: meta("plan.page.documents") },
    { path: "plans/progress", name: "plan-progress", component: () => import("./pages/ProgressPage.vue"), meta: meta("plan.page.progress", ["plans.supervise", "plans.approve", "plans.write"], { fills: false }) },
    { path: "plans/mine", name: "plan-mine", component: () => import("./pages/MinePage.vue"), meta: meta("plan.page.mine", ["plans.report"], { fills: false }) },
    { path: "plans/alignment", name: "plan-alignment", component: () => import("./pages/AlignmentPage.vue"), meta: meta("plan.page.alignment", ["plans.write", "plans.supervise", "plans.approve"]) },
    { path: "plans/rules", name: "plan-rules", component: () => import("./pages/LightRulesPage.vue"), meta: meta("plan.page.rules", READ, { fills: false }) },
    { path: "plans/units", name: "plan-units", component: () => import("./pages/UnitNamesPage.vue"), meta: meta("plan.page.units", ["plans.write"], { fills: false }) },
    { path: "plans/documents/:id", name: "plan-review", component: () => import("./pages/ReviewPage.vue"), props: true, meta: meta("plan.page.review") },
    { path: "plans/tasks", name: "plan-tasks", component: () => import("./pages/TasksPage.vue"), meta: meta("plan.page.tasks") },
    { path: "plans/tasks/:id", name: "plan-task", component: () => import("./pages/TaskPage.vue"), props: true, meta: meta("plan.page.task", READ, { fills: false }) },
    { path: "plans/wall", name: "plan-wall", component: () => import("./pages/WallMapPage.vue"), meta: meta("plan.page.wall") },
    { path: "plans/targets", name: "plan-targets", component: () => import("./pages/TargetsPage.vue"), meta: meta("plan.page.targets") },
    { path: "plans/targets/:id", name: "plan-target", component: () => import("./pages/TargetPage.vue"), props: true, meta: meta("plan.page.target", READ, { fills: false }) },
    { path: "plans/decompose", name: "plan-decompose", component: () => import("./pages/DecomposePage.vue"), meta: meta("plan.page.decompose", ["plans.write"]) },
    { path: "plans/answers", name: "plan-answers", component: () => import("./pages/AnswersPage.vue"), meta: meta("plan.page.answers", ["plans.consent"], { fills: false }) },
    { path: "plans/approvals", name: "plan-approvals", component: () => import("./pages/ApprovePage.vue"), meta: meta("plan.page.approvals", ["plans.approve"], { fills: false }) },
    { path: "plans/reports", name: "plan-reports", component: () => import("./pages/ReportsPage.vue"), meta: meta("plan.page.reports") },
    { path: "plans/reports/:id", name: "plan-report", component: () => import("./pages/ReportPage.vue"), props: true, meta: meta("plan.page.report", READ, { fills: false }) },
    { path: "plans/orders", name: "plan-orders", component: () => import("./pages/OrdersPage.vue"), meta: meta("plan.page.orders") },
    { path: "plans/orders/:id", name: "plan-order", component: () => import("./pages/OrderPage.vue"), props: true, meta: meta("plan.page.order", READ, { fills: false }) },
    { path: "plans/meetings", name: "plan-meetings", component: () => import("./pages/MeetingsPage.vue"), meta: meta("plan.page.meetings") },
    { path: "plans/meetings/:id", name: "plan-meeting", component: () => import("./pages/MeetingPage.vue"), props: true, meta: meta("plan.page.meeting", READ, { fills: false }) },
    { path: "plans/assessment", name: "plan-assessment", component: () => import("./pages/AssessmentPage.vue"), meta: meta("plan.page.assessment", ["plans.assess", "plans.read"]) },
    { path: "plans/titles", name: "plan-titles", component: () => import("./pages/TitlesPage.vue"), meta: meta("plan.page.titles") },
    { path: "plans/funds", name: "plan-funds", component: () => import("./pages/FundsPage.vue"), meta: meta("plan.page.funds") },
    { path: "plans/evaluations", name: "plan-evaluations", component: () => import("./pages/EvaluationsPage.vue"), meta: meta("plan.page.evaluations") },
    { path: "plans/evaluations/:id", name: "plan-evaluation", component: () => import("./pages/EvaluationPage.vue"), props: true, meta: meta("plan.page.evaluation", READ, { fills: false }) },
    { path: "plans/publicity", name: "plan-publicity", component: () => import("./pages/PublicityPage.vue"), meta: meta("plan.page.publicity") },
  ],
  menu: [
    { to: "plans", label: "plan.page.documents", icon: DocumentChecked, permissions: ["plans.write"], roles: ["planner"], group: "work", order: 40 },
    { to: "plan-mine", label: "plan.page.mine", icon: Briefcase, permissions: ["plans.report"], group: "work", order: 39 },
    { to: "plan-answers", label: "plan.page.answers", icon: Memo, permissions: ["plans.consent"], group: "work", order: 41 },
    { to: "plan-reports", label: "plan.page.reports", icon: Finished, permissions: ["plans.report", "plans.check"], group: "work", order: 42 },
    { to: "plan-orders", label: "plan.page.orders", icon: AlarmClock, permissions: ["plans.supervise", "plans.report"], group: "work", order: 43 },
    { to: "plan-progress", label: "plan.page.progress", icon: TrendCharts, permissions: ["plans.supervise", "plans.approve"], group: "look", order: 43 },
    { to: "plan-tasks", label: "plan.page.tasks", icon: Calendar, permissions: READ, group: "look", order: 44 },
    { to: "plan-wall", label: "plan.page.wall", icon: Place, permissions: READ, group: "look", order: 45 },
  ],
} satisfies Room;
