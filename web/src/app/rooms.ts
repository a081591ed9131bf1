import type { MenuItem, Room } from "@/shared/room";

const found = import.meta.glob<{ default: Room }>("../rooms/*/room.ts", { eager: true });

export const rooms: Room[] = Object.values(found).map((module) => module.default);

export const menu: MenuItem[] = rooms.flatMap((room) => room.menu).sort((a, b) => a.order - b.order);
