import type { Component } from "vue";
import type { RouteRecordRaw } from "vue-router";

/** One tab at the foot of the phone's screen. */
export interface MobileTab {
  to: string;
  label: string;
  icon: string;
  permissions: readonly string[];
  order: number;
}

/** What a room offers to the phone: its pages and its tabs. */
export interface MobileRoom {
  routes: RouteRecordRaw[];
  tabs: MobileTab[];
  /** Shown on the page of the device's own matters. */
  panels?: Component[];
}
