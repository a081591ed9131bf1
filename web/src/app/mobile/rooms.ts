import type { MobileRoom, MobileTab } from "@/shared/mobile";

const found = import.meta.glob<{ default: MobileRoom }>("../../rooms/*/mobile/room.ts", { eager: true });

export const rooms: MobileRoom[] = Object.values(found).map((module) => module.default);

export const tabs: MobileTab[] = rooms.flatMap((room) => room.tabs).sort((a, b) => a.order - b.order);
