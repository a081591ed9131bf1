/** What the server sends about indicators and registers: names for the schemas of its OpenAPI file. */
import type { components } from "./schema";

type S = components["schemas"];

export type ScoreCard = S["CardOut"];
export type ScorePage = S["CardPage"];
export type IndicatorDetail = S["IndicatorDetail"];
export type IndicatorTarget = S["IndicatorTargetOut"];
export type IndicatorVersion = S["VersionOut"];
export type AreaFigure = S["AreaFigure"];
export type PeriodFigure = S["PeriodFigure"];
export type FigureArea = S["FigureArea"];
export type FailingList = S["FailingOut"];
export type FailingRow = S["FailingRow"];
export type Compared = S["ComparedOut"];
export type ComparedIndicator = S["ComparedIndicator"];
export type ComparedCell = S["ComparedCell"];
/** What is wrong with a formula, and where: line and column from 1, `start` and `end` in characters from 0. */
export interface FormulaProblem {
  code: string;
  detail: string;
  params: Record<string, unknown>;
  start: number;
  end: number;
  line: number;
  column: number;
}
export type Checked = Omit<S["CheckedOut"], "problem"> & { problem?: FormulaProblem | null };
export type Preview = Omit<S["PreviewOut"], "problem">;
export type MeasureOffered = S["MeasureOffered"];
export type Definition = S["DefinitionIn"];
export type Threshold = S["ThresholdOut"];
export type IndicatorGap = S["IndicatorGapOut"];
export type RegisterRow = S["RegisterOut"];
export type RegisterDetail = S["RegisterDetail"];
export type RegisterColumn = S["RegisterColumn"];
export type RegisterEntry = S["RegisterEntryOut"];
export type RegisterReading = S["RegisterReading"];
export type RegisterWrong = S["RegisterWrong"];
export type RegisterTaken = S["RegisterTaken"];
export type RegisterBadRow = S["RegisterBadRow"];
export type FigureState = ScoreCard["state"];
