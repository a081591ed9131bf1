import { Setting } from "@element-plus/icons-vue";
import type { MenuItem, Room, SettingsItem } from "@/shared/room";

const found = import.meta.glob<{ default: Room }>("../rooms/*/room.ts", { eager: true });

export const rooms: Room[] = Object.values(found).map((module) => module.default);

/** All settings are one entry: what a person may set is listed inside. */
export const settings: SettingsItem[] = rooms.flatMap((room) => room.settings?.menu ?? []).sort((a, b) => a.order - b.order);

const entry: MenuItem = {
  to: "settings",
  label: "settings.title",
  icon: Setting,
  permissions: [...new Set(settings.flatMap((item) => item.permissions))],
  roles: ["administrator"],
  group: "manage",
  order: 90,
};

export const menu: MenuItem[] = [...rooms.flatMap((room) => room.menu), entry].sort((a, b) => a.order - b.order);
