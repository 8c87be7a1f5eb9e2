import type { TrustClass } from "./memory/memory";

/** What a credential may do; each operation needs one of them, and none implies another. */
export const SCOPES = ["read", "write", "feedback", "curate", "admin"] as const;
export type AccessScope = (typeof SCOPES)[number];

/** What a person is in a workspace, from the least to the most. */
export const ROLES = ["viewer", "curator", "owner"] as const;
export type Role = (typeof ROLES)[number];
/** What is no role counts as the least. */
export const roleNamed = (name: string): Role => ROLES.find((role) => role === name) ?? "viewer";

/** What each role may do. A viewer looks and asks; a curator also writes, judges, merges and reverts; an owner also lets in and out. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly AccessScope[]>> = {
  viewer: ["read"],
  curator: ["read", "write", "feedback", "curate"],
  owner: SCOPES,
};

/** How far the signals of a person in this role can move one memory. */
export const ROLE_TRUST: Readonly<Record<Role, TrustClass>> = {
  viewer: "low",
  curator: "verified",
  owner: "owner",
};

/** What is noted of who comes and goes. `denied` is a known caller who may not do what it asked for. */
export const ACCESS_EVENTS = [
  "signedIn",
  "signInFailed",
  "signedOut",
  "denied",
  "unknownCredential",
  "keyMade",
  "keyRevoked",
  "invited",
  "invitationWithdrawn",
  "joined",
  "roleChanged",
  "removed",
  "passwordChanged",
  "passwordLinkMade",
  "passwordReset",
  "passkeyAdded",
  "passkeyRemoved",
  "sessionEnded",
  "workspaceMade",
  "workspaceRenamed",
  "workspaceArchived",
  "workspaceOpened",
] as const;
export type AccessEventKind = (typeof ACCESS_EVENTS)[number];
