import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteLocationRaw } from "vue-router";
import { useSession } from "@/shared/session";
import { startPage } from "./menu";
import { rooms } from "./rooms";

export const router = createRouter({
  history: createWebHistory("/"),
  routes: [
    { path: "/login", name: "login", component: () => import("./login/LoginPage.vue"), meta: { open: true, title: "login.title" } },
    {
      path: "/",
      component: () => import("./shell/AppShell.vue"),
      children: [
        { path: "", name: "start", component: () => import("./shell/StartPage.vue"), meta: { title: "shell.start" } },
        ...rooms.flatMap((room) => room.routes),
        {
          path: "settings",
          component: () => import("./settings/SettingsShell.vue"),
          meta: { title: "settings.title", fills: true, guide: "administrator" },
          children: [
            { path: "", name: "settings", component: () => import("./settings/SettingsStart.vue") },
            ...rooms.flatMap((room) => room.settings?.routes ?? []),
          ],
        },
        { path: "guide/:page?", name: "guide", component: () => import("./guide/GuidePage.vue"), props: (to) => ({ page: String(to.params.page || "README") }), meta: { title: "guide.title" } },
        { path: ":path(.*)*", name: "nowhere", component: () => import("./shell/NowherePage.vue"), meta: { title: "state.nowhere" } },
      ],
    },
  ],
});

type Guard = RouteLocationRaw | boolean;
type Session = ReturnType<typeof useSession>;

/** Where somebody who is logged in goes instead, if anywhere. */
function elsewhere(to: RouteLocationNormalized, session: Session): Guard {
  // A first password opens nothing else: the server would refuse.
  if (session.me?.person.must_change_password && to.name !== "account") return { name: "account" };
  if (to.name === "login") return { name: "start" };
  return to.name === "start" ? (startPage(session) ?? true) : true;
}

async function guard(to: RouteLocationNormalized): Promise<Guard> {
  const session = useSession();
  if (!session.asked) await session.load();
  if (session.problem) return true;
  if (session.me) return elsewhere(to, session);
  return to.meta.open || { name: "login", query: to.fullPath === "/" ? {} : { to: to.fullPath } };
}

router.beforeEach(guard);
