/** What the server sends about life circles, what-if and siting: names for the schemas of its OpenAPI file. */
import type { components } from "./schema";

type S = components["schemas"];

export type CircleWhole = S["CircleOut"];
export type CircleCategory = S["CircleCategory"];
export type CircleArea = S["CircleArea"];
export type CircleTried = S["CircleTried"];
export type TriedIndicator = S["TriedOut"];
export type ReachCard = S["ReachCard"];
export type CardItem = S["CardItem"];
export type CategoryIndicator = S["CategoryIndicator"];
export type ShortArea = S["ShortArea"];
export type SitingAsk = S["SitingIn"];
export type SitingAnswer = S["SitingAnswer"];
export type SitingSite = S["SitingSite"];
export type SitingHomes = S["SitingHomes"];
export type SitingOut = S["SitingOut"];
export type Age = CircleWhole["age"];
