import { brand, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import { direct, prisma } from "./prisma";
import { newSecret, secretHash } from "./access";

export interface NewSession {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  /** Of a key's session; a person's are read from their role at each request. */
  readonly scopes: readonly string[];
  readonly trust: string;
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
  readonly personId?: string;
  readonly address?: string | null;
  readonly agent?: string | null;
}

/** Returns the secret for the cookie; only its hash is kept. */
export async function insertSession(session: NewSession): Promise<string> {
  const secret = newSecret("session");
  const { createdAt, expiresAt, ...rest } = session;
  await prisma().browserSession.create({
    data: {
      ...rest,
      hash: secretHash(secret),
      scopes: [...session.scopes],
      createdAt: new Date(createdAt),
      lastSeenAt: new Date(createdAt),
      expiresAt: new Date(expiresAt),
    },
  });
  return secret;
}

/** A session with all that decides what it may do now: its person's role, its key's standing, its workspace's. */
export interface FoundSession {
  readonly id: string;
  readonly workspaceId: string;
  readonly actor: string;
  readonly personId: string | null;
  readonly scopes: readonly string[];
  readonly trust: string;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
  readonly role: string | null;
  readonly installation: boolean;
  readonly isArchived: boolean;
  readonly keyRevokedAt: Date | null;
}

/** Asked before every request of a browser, so it is one statement. */
export async function findSession(secret: string): Promise<FoundSession | null> {
  const [row] = await direct().$queryRaw<FoundSession[]>`
    SELECT s."id", s."workspaceId", s."actor", s."personId", s."scopes", s."trust", s."expiresAt", s."lastSeenAt", m."role",
      coalesce(p."installation", k."installation", s."actor" = 'person:owner') AS "installation",
      coalesce(w."archivedAt" IS NOT NULL, true) AS "isArchived", k."revokedAt" AS "keyRevokedAt"
    FROM "BrowserSession" s
    LEFT JOIN "Workspace" w ON w."id" = s."workspaceId"
    LEFT JOIN "Person" p ON p."id" = s."personId"
    LEFT JOIN "Member" m ON m."workspaceId" = s."workspaceId" AND m."personId" = s."personId"
    LEFT JOIN "ApiKey" k ON k."id" = CASE WHEN s."actor" LIKE 'key:%' THEN substr(s."actor", 5)::uuid END
    WHERE s."hash" = ${secretHash(secret)}`;
  return row ?? null;
}

export async function touchSession(id: string, at: Millis): Promise<void> {
  await prisma().browserSession.updateMany({ where: { id }, data: { lastSeenAt: new Date(at) } });
}

/** The session works in another workspace from now on. */
export async function moveSession(id: string, workspaceId: WorkspaceId): Promise<void> {
  await prisma().browserSession.updateMany({ where: { id }, data: { workspaceId } });
}

export async function endSession(secret: string): Promise<void> {
  await prisma().browserSession.deleteMany({ where: { hash: secretHash(secret) } });
}

/** Whose sessions are meant: those of a person who signed in by name, or of everybody who came by the owner's link. */
export interface SessionOwner {
  readonly actor: string;
}

export interface ListedSession {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string | null;
  readonly agent: string | null;
}

/** The newest first; those that have ended by time are left out. */
export async function listSessions(
  { actor }: SessionOwner,
  valid: { readonly now: Millis; readonly seenSince: Millis },
): Promise<readonly ListedSession[]> {
  const rows = await prisma().browserSession.findMany({
    where: { actor, expiresAt: { gt: new Date(valid.now) }, lastSeenAt: { gt: new Date(valid.seenSince) } },
    select: {
      id: true,
      workspaceId: true,
      createdAt: true,
      expiresAt: true,
      lastSeenAt: true,
      address: true,
      agent: true,
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, workspaceId: brand<WorkspaceId>(row.workspaceId) }));
}

/** One of theirs, or all but one; how many ended. */
export async function endSessions(
  { actor }: SessionOwner,
  which: { readonly id: string } | { readonly allBut: string | null },
): Promise<number> {
  const chosen =
    "id" in which ? { id: which.id } : which.allBut === null ? {} : { id: { not: which.allBut } };
  const { count } = await prisma().browserSession.deleteMany({ where: { actor, ...chosen } });
  return count;
}

/** Rows of sessions that nobody can use any more. */
export async function forgetEndedSessions(valid: {
  readonly now: Millis;
  readonly seenSince: Millis;
}): Promise<void> {
  await prisma().browserSession.deleteMany({
    where: {
      OR: [{ expiresAt: { lte: new Date(valid.now) } }, { lastSeenAt: { lte: new Date(valid.seenSince) } }],
    },
  });
}
