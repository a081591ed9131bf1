/** What the server sends: names for the schemas of its OpenAPI file (`npm run api` writes `schema.d.ts`). */
import type { components } from "./schema";

type S = components["schemas"];

export type Me = S["MeOut"];
export type DemoLogin = S["DemoLogin"];
export type Entrances = S["EntrancesOut"];
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
export type FacilityList = S["ListOut"];
export type BadRow = S["BadRow"];
export type ImportReading = S["ReadingOut"];

export type Stored = S["FileOut"];
export type FoundKind = S["FoundOut"];
export type SettingRow = S["SettingOut"];
export type JobRow = S["JobOut"];
export type DeadLetter = S["ParcelOut"];
export type WebhookRow = S["WebhookOut"];
export type JournalEntry = S["EntryOut"];
export type CalendarYear = S["YearOut"];

export type Light = "grey" | "green" | "amber" | "red" | "blue";
export type Due = Pick<S["DueOut"], "at" | "provisional"> & { stage?: string };

/** What may be done now, of whatever kind of thing. */
export interface VerbOffer {
  name: string;
  needs: string[];
  optional?: string[];
  approval?: string | null;
  offline?: boolean;
}

export type DayFigures = S["DayFigures"];
export type CaseRow = Omit<S["CaseRow"], "light"> & { light: Light };
export type CaseDetail = Omit<S["CaseDetail"], "light"> & { light: Light };
export type CaseClock = S["ClockOut"];
export type CasePart = S["PartOut"];
export type Attachment = S["AttachmentOut"];
export type CasePhoto = Attachment;
/** Answer to a verb: the thing as it now stands, or the application that waits for somebody's word (202). */
export type Acted = S["CaseRow"] | S["AskedOut"];
export type Moment = S["MomentOut"];
export type Similar = Omit<S["SimilarOut"], "case"> & { case: CaseRow };
export type ReporterSeen = S["ReporterSeen"];
export type CaseCounts = S["CountsOut"];
export type CaseFeatures = S["FeaturesOut"];
export type ApprovalRow = Omit<S["ApprovalRow"], "case"> & { case: CaseRow };
export type Standards = S["StandardsOut"];
export type SmallClass = S["SmallClassOut"];

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  more: boolean;
}
