import { z } from "zod";
import { id, timeIn, timeOut } from "./common";
import { ROLES, SCOPES } from "@/lib/domain/access";
import { TRUST_CLASSES } from "@/lib/domain/memory/memory";

export const key = z.object({
  id,
  name: z.string(),
  prefix: z.string().describe("the first characters of the secret, to recognise it by"),
  scopes: z.array(z.enum(SCOPES)),
  trust: z.enum(TRUST_CLASSES),
  createdAt: timeOut,
  expiresAt: timeOut.nullable(),
  lastUsedAt: timeOut.nullable(),
  revokedAt: timeOut.nullable(),
});
export const createKey = z.strictObject({
  name: z.string().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1),
  trust: z.enum(TRUST_CLASSES).optional().describe("default: ordinary; caps what its signals can move"),
  expiresAt: timeIn.optional(),
});
export const createdKey = z.object({ key, secret: z.string().describe("shown once; only a hash is kept") });
export const listedKeys = z.object({ items: z.array(key) });
export const revokedKey = z.object({ key });

export const createWorkspace = z.strictObject({ name: z.string().trim().min(1).max(100) });
export const createdWorkspace = z.object({
  workspace: z.object({ id, name: z.string(), createdAt: timeOut }),
  key,
  secret: z.string(),
});

export const workspace = z.object({
  id,
  name: z.string(),
  createdAt: timeOut,
  archivedAt: timeOut.nullable().describe("put away: nobody gets in, nothing is lost; null: open"),
  changes: z.number().int().describe("length of its ledger"),
  role: z.enum(ROLES).describe("what the caller is there"),
  isCurrent: z.boolean(),
});
export const listedWorkspaces = z.object({
  items: z.array(workspace),
  mayMake: z.boolean().describe("the caller may make further ones"),
});
export const updateWorkspace = z
  .strictObject({ name: z.string().trim().min(1).max(100).optional(), archived: z.boolean().optional() })
  .refine((patch) => Object.keys(patch).length > 0, "give at least one field");
export const updatedWorkspace = z.object({ workspace });
export const enterWorkspace = z.strictObject({});

export const startSession = z
  .strictObject({ token: z.string().max(200).optional(), key: z.string().max(200).optional() })
  .refine(
    (v) => (v.token === undefined) !== (v.key === undefined),
    "give either `token` (the one-time link) or `key`",
  );
export const session = z.object({
  workspace: z.object({ id, name: z.string() }),
  actor: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  expiresAt: timeOut.nullable(),
  person: z
    .object({ id, name: z.string(), email: z.string() })
    .nullable()
    .describe("who signed in by name; null: a key, or who runs the server"),
  installation: z.boolean().describe("may make workspaces"),
});
