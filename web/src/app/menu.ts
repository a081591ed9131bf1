import type { RouteLocationRaw } from "vue-router";
import type { MenuItem } from "@/shared/room";
import type { useSession } from "@/shared/session";
import { menu } from "./rooms";

type Session = ReturnType<typeof useSession>;

const GROUPS = ["work", "look", "manage"] as const;

export interface MenuGroup {
  name: MenuItem["group"];
  items: MenuItem[];
}

const isOwn = (item: MenuItem, session: Session) => (item.roles ?? []).some((role) => session.roles.has(role));

/** The entries that this person may open, in groups; what is the role's daily work stands first. */
export function menuOf(session: Session): MenuGroup[] {
  const open = menu.filter((item) => session.can(...item.permissions) && (!item.only || isOwn(item, session)));
  const own = (item: MenuItem) => (isOwn(item, session) ? 0 : 1);
  return GROUPS.map((name) => ({
    name,
    items: open.filter((item) => item.group === name).sort((a, b) => own(a) - own(b) || a.order - b.order),
  })).filter((group) => group.items.length > 0);
}

/** Where a person starts: the first page made for one of the roles, else the first that opens. */
export function startPage(session: Session): RouteLocationRaw | null {
  const items = menuOf(session).flatMap((group) => group.items);
  const first = items.find((item) => isOwn(item, session)) ?? items[0];
  return first ? { name: first.to } : null;
}
