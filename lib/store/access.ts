import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { EMPTY_DIGEST } from "./digest";
import { direct, prisma } from "./prisma";
import { brand, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import type { ApiKey, Workspace } from "@/lib/store/generated/client";
import type { TrustClass } from "@/lib/domain/memory/memory";

/** Credentials. Secrets are random 256-bit values, so a plain sha-256 is a safe way to keep them. */
export interface NewKey {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly trust: TrustClass;
  readonly installation: boolean;
  readonly createdAt: Millis;
  readonly expiresAt: Millis | null;
  /** A given secret (the bootstrap key); absent: a fresh one. */
  readonly secret?: string;
}

const SECRET_BYTES = 32;
const PREFIX_CHARACTERS = 10;

export const secretHash = (secret: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(secret).digest());

export const newSecret = (kind: "key" | "session" | "login" | "invite" | "reset"): string =>
  `pal_${kind}_${randomBytes(SECRET_BYTES).toString("base64url")}`;

/** Equal in constant time, whatever the lengths. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(secretHash(a), secretHash(b));

export async function insertKey(key: NewKey): Promise<{ key: ApiKey; secret: string }> {
  const secret = key.secret ?? newSecret("key");
  const { id, workspaceId, name, scopes, trust, installation } = key;
  const row = await prisma().apiKey.create({
    data: {
      id,
      workspaceId,
      name,
      trust,
      installation,
      scopes: [...scopes],
      prefix: secret.slice(0, PREFIX_CHARACTERS),
      hash: secretHash(secret),
      createdAt: new Date(key.createdAt),
      expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt),
    },
  });
  return { key: row, secret };
}

/** A key, and whether its workspace was put away. */
export type FoundKey = ApiKey & { readonly isArchived: boolean };

/** Asked before every request, so it is one statement that the database has planned already. */
export async function findKey(secret: string): Promise<FoundKey | null> {
  const [row] = await direct().$queryRaw<FoundKey[]>`
    SELECT k.*, w."archivedAt" IS NOT NULL AS "isArchived" FROM "ApiKey" k JOIN "Workspace" w ON w."id" = k."workspaceId" WHERE k."hash" = ${secretHash(secret)}`;
  return row ?? null;
}

export const listKeys = (workspaceId: WorkspaceId): Promise<ApiKey[]> =>
  prisma().apiKey.findMany({ where: { workspaceId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });

/** null: no such key in this workspace. Revoking twice keeps the first time. */
export async function revokeKey(workspaceId: WorkspaceId, id: string, at: Millis): Promise<ApiKey | null> {
  await prisma().apiKey.updateMany({
    where: { id, workspaceId, revokedAt: null },
    data: { revokedAt: new Date(at) },
  });
  return prisma().apiKey.findFirst({ where: { id, workspaceId } });
}

export async function touchKey(id: string, at: Millis): Promise<void> {
  await prisma().apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(at) } });
}

export const insertWorkspace = (workspace: {
  id: string;
  name: string;
  createdAt: Millis;
}): Promise<Workspace> =>
  prisma().workspace.create({
    data: { ...workspace, createdAt: new Date(workspace.createdAt), headSeq: 0n, headDigest: EMPTY_DIGEST },
  });

export const findWorkspace = (id: string): Promise<Workspace | null> =>
  prisma().workspace.findUnique({ where: { id } });

/** The installation's first workspace that is open, which `npm start` opens. */
export const firstWorkspace = (): Promise<Workspace | null> =>
  prisma().workspace.findFirst({
    where: { archivedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });

export async function insertLoginToken(workspaceId: WorkspaceId, expiresAt: Millis): Promise<string> {
  const secret = newSecret("login");
  await prisma().loginToken.create({
    data: { hash: secretHash(secret), workspaceId, expiresAt: new Date(expiresAt) },
  });
  return secret;
}

/** Uses a one-time token up; null when it is unknown, spent or too old. */
export async function spendLoginToken(secret: string, now: Millis): Promise<WorkspaceId | null> {
  const row = await prisma().loginToken.findUnique({ where: { hash: secretHash(secret) } });
  if (row === null) return null;
  // Whoever deletes the row has it; a second visitor at the same moment deletes nothing.
  const { count } = await prisma().loginToken.deleteMany({ where: { hash: row.hash } });
  return count === 1 && row.expiresAt.getTime() > now ? brand<WorkspaceId>(row.workspaceId) : null;
}
