import type { CallOutput } from "@/lib/client/api";
import type { BadgeProps } from "../ui/badge";

export type AuditEvent = CallOutput<"audit.list">["items"][number];
type Kind = AuditEvent["kind"];

interface Words {
  readonly word: string;
  readonly tone: NonNullable<BadgeProps["tone"]>;
}

export const kindWords: Readonly<Record<Kind, Words>> = {
  signedIn: { word: "Signed in", tone: "gain" },
  signInFailed: { word: "Sign-in refused", tone: "loss" },
  signedOut: { word: "Signed out", tone: "neutral" },
  denied: { word: "Not allowed", tone: "loss" },
  unknownCredential: { word: "Unknown key", tone: "loss" },
  keyMade: { word: "Key made", tone: "accent" },
  keyRevoked: { word: "Key revoked", tone: "accent" },
  invited: { word: "Invited", tone: "accent" },
  invitationWithdrawn: { word: "Invitation withdrawn", tone: "accent" },
  joined: { word: "Came in", tone: "gain" },
  roleChanged: { word: "Role changed", tone: "accent" },
  removed: { word: "Removed", tone: "accent" },
  passwordChanged: { word: "Password changed", tone: "accent" },
  passwordLinkMade: { word: "Password link made", tone: "accent" },
  passwordReset: { word: "Password reset", tone: "accent" },
  passkeyAdded: { word: "Passkey added", tone: "accent" },
  passkeyRemoved: { word: "Passkey removed", tone: "accent" },
  sessionEnded: { word: "Signed out", tone: "neutral" },
  workspaceMade: { word: "Workspace made", tone: "accent" },
  workspaceRenamed: { word: "Renamed", tone: "accent" },
  workspaceArchived: { word: "Put away", tone: "accent" },
  workspaceOpened: { word: "Opened again", tone: "accent" },
};

const list = (...kinds: readonly Kind[]): string => kinds.join(",");

/** What each view of the page asks for; null asks for all. */
export const auditViews = {
  all: null,
  refused: list("denied", "unknownCredential", "signInFailed"),
  signIns: list("signedIn", "signInFailed", "signedOut", "sessionEnded", "joined"),
  rights: list(
    "keyMade",
    "keyRevoked",
    "invited",
    "invitationWithdrawn",
    "joined",
    "roleChanged",
    "removed",
    "passwordLinkMade",
    "passwordReset",
  ),
} as const;
