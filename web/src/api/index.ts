/** What the server sends: names for the schemas of its OpenAPI file (`npm run api` writes `schema.d.ts`). */
import type { components } from "./schema";

type S = components["schemas"];

export type VerbOut = S["VerbOut"];
export type Me = S["MeOut"];
export interface DemoLogin {
  role: string;
  login: string;
  password: string;
}
export type Entrances = S["EntrancesOut"] & { demo_logins?: DemoLogin[] };
export type PersonRow = S["PersonOut"];
export type DepartmentRow = S["DepartmentOut"];
export type PostRow = S["PostOut"];
export type TenureRow = S["TenureOut"];
export type RoleRow = S["RoleOut"];
export type PermissionRow = S["PermissionOut"];
export type GrantRow = S["GrantOut"];
export type TokenRow = S["TokenOut"];
export type TokenShown = S["TokenShown"];
export type RuleRow = S["RuleOut"];
export type ShiftRow = S["ShiftOut"];
export type LookRow = S["LookOut"];
export type NoticeRow = S["NoticeOut"];
export type Named = S["Ref"];

export type AddressHit = S["AddressOut"];
export type BaseMap = S["BaseOut"];
export type AreaRow = S["AreaOut"];
export type SchemeRow = S["SchemeOut"];
export type CategoryRow = S["CategoryOut"];
export type FacilityRow = S["FacilityOut"];
export type AreaChecks = S["ChecksOut"];
export type PeopleFigure = S["PeopleOut"];
export type ImportRun = S["RunOut"];
export type BadRow = S["BadRow"];

export type Stored = S["FileOut"];
export type FoundKind = S["FoundOut"];
export type SettingRow = S["SettingOut"];
export type JobRow = S["JobOut"];
export type DeadLetter = S["ParcelOut"];
export type WebhookRow = S["WebhookOut"];
export type JournalEntry = S["EntryOut"];
export type CalendarYear = S["YearOut"];

export type Light = "grey" | "green" | "amber" | "red" | "blue";

export interface Due {
  at: string;
  provisional: boolean;
  stage: string;
}

export interface VerbOffer {
  name: string;
  needs: string[];
  optional?: string[];
  approval: string | null;
  offline: boolean;
}



/** Answer to a verb: the thing as it now stands, or the application that waits for somebody's word. */
export interface Acted {
  id?: string;
  approval?: { id: string } | string | null;
}



export interface ClassRow {
  code: string;
  name: string;
  major: string;
  /** Whether it may be settled on the spot by the simple procedure. */
  simple?: boolean;
}


export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  more: boolean;
}

export interface CaseRow {
  id: string;
  number: string;
  title: string;
  state: string;
  channel: string;
  class: { code: string; name: string } | null;
  address: string;
  point: [number, number] | null;
  grid: string | null;
  cell: string | null;
  community: string | null;
  department: Named | null;
  due: Due | null;
  light: Light;
  reported_at: string;
  version: number;
  verbs: VerbOffer[];
  thumb: string | null;
}

export interface CasePhoto {
  id: string;
  role: "report" | "before" | "after" | "evidence";
  taken_at: string | null;
}

export interface CaseClock {
  stage: string;
  started_at: string;
  due: Due | null;
  stopped_at: string | null;
  light: Light;
}

export interface CasePart extends Named {
  state: string;
  department: Named;
  person: Named | null;
}

export interface CaseDetail extends CaseRow {
  text: string;
  priority: string;
  confidential: boolean;
  handler: Named | null;
  reporter: { name: string; phone: string; masked: boolean } | null;
  photos: CasePhoto[];
  clocks: CaseClock[];
  parts: CasePart[];
  upper: { platform: string; number: string; demand: string } | null;
  related?: { id: string; title: string; state: string; how: string }[];
  suggestion: { department: Named | null; reason: string } | null;
}

export interface TimelineEntry {
  position: number;
  event: string;
  at: string;
  received_at: string | null;
  actor: string;
  facts: Record<string, unknown>;
  text: string | null;
  photos: string[];
}

export interface Similar {
  id: string;
  number: string;
  title: string;
  state: string;
  metres: number;
  likeness: number;
  reported_at: string;
}

export interface ApprovalRow {
  id: string;
  verb: string;
  post: string;
  asked_by: string;
  asked_at: string;
  reason: string | null;
  days: number | null;
  date: string | null;
  case: Pick<CaseRow, "id" | "number" | "title" | "state" | "due" | "light">;
}
