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
