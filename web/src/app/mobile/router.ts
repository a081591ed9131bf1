import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteLocationRaw } from "vue-router";
import { rooms, tabs } from "./rooms";
import { useWho } from "./useWho";

export const router = createRouter({
  history: createWebHistory("/m"),
  routes: [
    { path: "/login", name: "login", component: () => import("./PhoneLogin.vue"), meta: { open: true, title: "login.title" } },
    {
      path: "/",
      component: () => import("./PhoneShell.vue"),
      children: [
        { path: "", name: "start", redirect: () => ({ name: tabs[0]?.to ?? "mine" }) },
        ...rooms.flatMap((room) => room.routes),
        { path: "queue", name: "queue", component: () => import("./QueuePage.vue"), meta: { title: "phone.queue" } },
        { path: "mine", name: "mine", component: () => import("./MinePage.vue"), meta: { title: "phone.mine" } },
      ],
    },
    { path: "/:path(.*)*", redirect: "/" },
  ],
});

async function guard(to: RouteLocationNormalized): Promise<RouteLocationRaw | boolean> {
  const who = useWho();
  await who.ready();
  if (!who.person.value) return to.meta.open === true || { name: "login", query: { to: to.fullPath } };
  return to.name === "login" ? { name: "start" } : true;
}

router.beforeEach(guard);
