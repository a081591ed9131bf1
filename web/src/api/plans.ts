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

export type Titled = S["PlanRef"];
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
export type PlanReading = S["DocumentReading"];
export type PlanDocument = S["DocumentRow"];
export type PlanDocumentDetail = S["DocumentDetail"];
export type PlanTextPage = S["TextOut"];
export type PlanQuestion = S["QuestionOut"];
export type PlanDifference = S["DifferenceOut"];
export type PlanUnit = S["UnitOut"];
export type PlanImported = S["ImportedOut"];
export type PlanCounts = S["TaskCounts"];
export type PlanBoard = S["BoardOut"];
export type PlanGantt = S["GanttOut"];
export type PlanBar = S["GanttBar"];
export type PlanFeatures = S["TaskFeatures"];
export type PlanMoment = S["PlanMoment"];
export type PlanTie = S["TieOut"];
export type PlanTree = S["TreeOut"];
export type PlanConflict = S["ConflictOut"];

export type PlanReport = S["ReportRow"];
export type PlanReportDetail = S["ReportDetail"];
export type PlanReportLine = S["ReportLineOut"];
export type PlanReportBoard = S["ReportBoardOut"];
export type PlanGroup = S["GroupRow"];
export type PlanGroupDetail = S["GroupDetail"];
export type PlanMeeting = S["MeetingRow"];
export type PlanMeetingDetail = S["MeetingDetail"];
export type PlanTitle = S["TitleRow"];
export type PlanTitleDetail = S["TitleDetail"];
export type PlanBudget = S["BudgetRow"];
export type PlanFunds = S["FundsOut"];
export type PlanEvaluation = S["EvaluationRow"];
export type PlanEvaluationDetail = S["EvaluationDetail"];
export type PlanPublication = S["PublicationRow"];
export type PlanPublic = S["PublicContent"];
export type PlanLightBook = S["LightBookOut"];
export type PlanEntered = S["EnteredOut"];
export type PlanDerived = S["DerivedOut"];
export type PlanMonthLight = S["MonthLightOut"];
export type PlanOrder = S["OrderRow"];
export type PlanProposedOrder = S["ProposedOrderOut"];
export type PlanFinding = S["FindingRow"];
export type PlanLookBack = S["LookBackRow"];
export type PlanReminder = S["ReminderRow"];
export type PlanScheme = S["SchemeRow"];
export type PlanFigure = S["FigureOut"];
export type PlanSchemeChecked = S["SchemeCheckedOut"];
export type PlanAssessment = S["AssessmentRow"];
export type PlanAssessmentDetail = S["AssessmentDetail"];
export type PlanScore = S["ScoreOut"];
