import type { Component } from "vue";
import type { RouteRecordRaw } from "vue-router";

/** One entry of the left rail. It shows when the person holds any of `permissions`. */
export interface MenuItem {
  /** Name of the route. */
  to: string;
  /** Key of the label in the locale files. */
  label: string;
  icon: Component;
  permissions: readonly string[];
  /** Roles whose daily work this is: for them it stands first and is where they start. */
  roles?: readonly string[];
  /** Shown to those roles alone: for others another page says the same. */
  only?: boolean;
  group: "work" | "look" | "manage";
  order: number;
}

/** What a room offers to the shell: its pages and its entries. A room never imports another. */
export interface Room {
  name: string;
  routes: RouteRecordRaw[];
  menu: MenuItem[];
  /** Pages of the settings, and their entries in the list of settings. */
  settings?: { routes: RouteRecordRaw[]; menu: SettingsItem[] };
}

export interface SettingsItem {
  to: string;
  label: string;
  permissions: readonly string[];
  group: "organisation" | "work" | "links" | "running";
  order: number;
}

declare module "vue-router" {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string;
    /** Any one of these permissions opens the page. */
    permissions?: readonly string[];
    /** Pages for everyone, without login. */
    open?: boolean;
    /** The page fills the window below the bar and scrolls inside. */
    fills?: boolean;
    /** Page of the guide that the help button opens. */
    guide?: string;
  }
}
