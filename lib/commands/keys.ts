import { insertKey, listKeys as rows, revokeKey as revoke } from "@/lib/store/access";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { newPlainId, type Context } from "./context";
import { noteBy } from "./audit";
import { Refusal } from "@/lib/domain/errors";
import { SCOPES, type AccessScope } from "@/lib/domain/access";
import { timeOf } from "@/lib/domain/time";
import { TRUST_CLASSES, type TrustClass } from "@/lib/domain/memory/memory";

type KeyRow = Awaited<ReturnType<typeof rows>>[number];

export const listKeys = async (ctx: Context) => ({ items: (await rows(ctx.workspaceId)).map(toKeyOut) });

export interface NewKeyInput {
  readonly name: string;
  readonly scopes: readonly AccessScope[];
  readonly trust?: TrustClass | undefined;
  readonly expiresAt?: string | undefined;
}

/** Makes a key. Nobody can hand on more than they have: neither a scope, nor a higher trust class. */
export async function createKey(ctx: Context, input: NewKeyInput) {
  const trust = input.trust ?? "ordinary";
  if (TRUST_CLASSES.indexOf(trust) < TRUST_CLASSES.indexOf(ctx.trust)) {
    throw new Refusal("forbidden", `A ${ctx.trust} credential cannot make a key of the class ${trust}.`, {
      fields: [{ path: "trust", message: `must be ${ctx.trust} or lower` }],
    });
  }
  const missing = input.scopes.find((scope) => !ctx.scopes.includes(scope));
  if (missing !== undefined)
    throw new Refusal("forbidden", `Your own credential lacks the scope ${missing}.`, {
      fields: [{ path: "scopes", message: `must not contain ${missing}` }],
    });
  const expiresAt = input.expiresAt === undefined ? null : timeOf(input.expiresAt);
  const { key, secret } = await insertKey({
    id: newPlainId(),
    workspaceId: ctx.workspaceId,
    name: input.name,
    scopes: input.scopes,
    trust,
    installation: false,
    createdAt: ctx.now(),
    expiresAt,
  });
  await noteBy(ctx, "keyMade", `${key.name} (${key.prefix}…): ${key.scopes.join(", ")}`);
  return { key: toKeyOut(key), secret };
}

export async function revokeKey(ctx: Context, { id }: { readonly id: string }) {
  const row = isKnownForm(id) ? await revoke(ctx.workspaceId, id, ctx.now()) : null;
  if (row === null) throw notFound("key", id);
  await noteBy(ctx, "keyRevoked", `${row.name} (${row.prefix}…)`);
  return { key: toKeyOut(row) };
}

export function toKeyOut(row: KeyRow) {
  const { id, name, prefix, scopes, trust, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  return {
    id,
    name,
    prefix,
    scopes: SCOPES.filter((s) => scopes.includes(s)),
    // It was written from the enum.
    trust: trust as TrustClass,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
