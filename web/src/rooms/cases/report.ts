import { cleaned } from "@/shared/forms/needs";

export const REPORT_CHANNELS = ["desk", "hotline", "patrol", "leader"] as const;

export interface Report {
  text: string;
  class?: string;
  channel: string;
  address: string;
  point: [number, number] | null;
  photos: string[];
  name: string;
  phone: string;
}

export const emptyReport = (): Report => ({ text: "", class: undefined, channel: "desk", address: "", point: null, photos: [], name: "", phone: "" });

/** What is sent: nothing blank; who reported goes apart from the matter. */
export function reportBody(given: Report): Record<string, unknown> {
  const { name, phone, ...matter } = cleaned({ ...given });
  return { ...matter, ...(name || phone ? { reporter: { name: name ?? "", phone: phone ?? "" } } : {}) };
}
