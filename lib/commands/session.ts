import { brand, millis, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import { endSession as forget, findKey, findWorkspace, insertSession, spendLoginToken } from "@/lib/store/access";
import { ensureFirstOwner } from "./bootstrap";
import { Refusal } from "@/lib/domain/errors";
import { SCOPES } from "@/lib/domain/access";
import type { Context } from "./context";

/** A browser stays signed in this long without a new link. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

export interface StartedSession {
  readonly secret: string;
  readonly expiresAt: Millis;
}

/** Turns a one-time link or a key into a browser session. */
export async function startSession(input: { readonly token?: string | undefined; readonly key?: string | undefined }, now: Millis): Promise<StartedSession> {
  const who = input.token === undefined ? await byKey(input.key ?? "", now) : await byToken(input.token, now);
  const expiresAt = millis(Math.min(now + LIFETIME_MS, who.until ?? Infinity));
  return { secret: await insertSession({ ...who.session, createdAt: now, expiresAt }), expiresAt };
}

async function byToken(token: string, now: Millis) {
  const workspaceId = await spendLoginToken(token, now);
  if (workspaceId === null) throw new Refusal("unauthenticated", "This sign-in link was used already or is too old. Run `npm run login` for a new one, or sign in with a key.");
  return { session: { workspaceId, actor: "person:owner", scopes: SCOPES, trust: "owner" }, until: null };
}

async function byKey(secret: string, now: Millis) {
  await ensureFirstOwner();
  const key = await findKey(secret);
  const gone = key === null || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt.getTime() <= now);
  if (gone) throw new Refusal("unauthenticated", "This API key is not known here, was revoked, or has expired.");
  const session = { workspaceId: brand<WorkspaceId>(key.workspaceId), actor: `key:${key.id}`, scopes: key.scopes, trust: key.trust };
  return { session, until: key.expiresAt?.getTime() ?? null };
}

export const endSession = (secret: string): Promise<void> => forget(secret);

/** Who is calling, and in which workspace. */
export async function describeSession(ctx: Context) {
  const workspace = await findWorkspace(ctx.workspaceId);
  return { workspace: { id: ctx.workspaceId, name: workspace?.name ?? "" }, actor: ctx.actor, scopes: [...ctx.scopes], expiresAt: null };
}
