/** What the server sends, in the words of its OpenAPI file. */
export interface Me {
  person: { id: string; name: string; login: string };
  roles: string[];
  permissions: string[];
  home: string | null;
  live_url: string;
  town: { code: string; name: string } | null;
}

export interface DemoLogin {
  login: string;
  password: string;
  role: string;
}

export interface Installation {
  town: string | null;
  oidc: { name: string; url: string } | null;
  demo_logins: DemoLogin[];
}

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

export interface Stored {
  id: string;
  mime: string;
  width: number | null;
  height: number | null;
  position: [number, number] | null;
  taken_at: string | null;
}

export interface BaseMap {
  /** Address of the PMTiles archive; null until a town was imported. */
  tiles: string | null;
  bounds: [number, number, number, number];
  attribution: string;
}

/** Answer to a verb: the thing as it now stands, or the application that waits for somebody's word. */
export interface Acted {
  id?: string;
  approval?: { id: string } | string | null;
}

export interface Named {
  id: string;
  name: string;
}

export interface Department extends Named {
  code: string;
}

export interface ClassRow {
  code: string;
  name: string;
  major: string;
}

export interface AddressHit {
  text: string;
  detail?: string;
  point: [number, number] | null;
  confidence: number;
}
