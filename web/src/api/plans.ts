/** What the server sends about plans: names for the schemas of its OpenAPI file. */
import type { VerbOffer } from ".";
import type { components } from "./schema";

type S = components["schemas"];

/** What the review needs of everything read in a document; rows of lists come without it. */
type Reviewed = "reading" | "position" | "page" | "at" | "spans" | "confidence" | "evidence" | "corrected";
type Full<Row extends Partial<Record<Reviewed, unknown>>> = Omit<Row, Reviewed> & { [Key in Reviewed]-?: NonNullable<Row[Key]> };

/** Something that is changed by verbs, with the version that its next change must name. */
export interface Moving {
  id: string;
  version: number;
  state: string;
  verbs: VerbOffer[];
}

export type Titled = S["PlansRef"];
export type PlanOffice = S["DepartmentRef"];
export type PlanParty = S["PartyOut"];
export type PlanShare = S["ShareOut"];
export type PlanTask = S["TaskRow"];
export type PlanTaskRead = Full<PlanTask>;
export type PlanTaskDetail = S["TaskDetail"];
export type PlanAdjustment = S["AdjustmentOut"];
export type PlanTarget = S["TargetRow"];
export type PlanTargetRead = Full<PlanTarget>;
export type PlanTargetDetail = S["TargetDetail"];
export type PlanProject = S["ProjectRow"];
export type PlanProjectRead = Full<PlanProject>;
export type PlanProjectDetail = S["ProjectDetail"];
export type PlanStage = S["StageOut"];
export type PlanReading = S["PlansReadingOut"];
export type PlanDocument = S["DocumentRow"];
export type PlanDocumentDetail = S["DocumentDetail"];
export type PlanTextPage = S["TextOut"];
export type PlanQuestion = S["QuestionOut"];
export type PlanDifference = S["DifferenceOut"];
export type PlanUnit = S["UnitOut"];
export type PlanImported = S["ImportedOut"];
export type PlanCounts = S["PlansCountsOut"];
export type PlanBoard = S["BoardOut"];
export type PlanGantt = S["GanttOut"];
export type PlanBar = S["GanttBar"];
export type PlanFeatures = S["PlansFeaturesOut"];
export type PlanMoment = S["PlansMomentOut"];
export type PlanTie = S["TieOut"];
export type PlanTree = S["TreeOut"];
export type PlanConflict = S["ConflictOut"];
