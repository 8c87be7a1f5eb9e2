import { brand, millis, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import { env } from "@/lib/env";
import { ensureFirstOwner } from "@/lib/commands/bootstrap";
import { findKey, touchKey } from "@/lib/store/access";
import { originOfCaller } from "./host";
import { resumeSession } from "@/lib/commands/session";
import { Refusal } from "@/lib/domain/errors";
import { SCOPES, type AccessScope } from "@/lib/domain/access";
import type { Actor } from "@/lib/domain/ledger/change";
import type { Context } from "@/lib/commands/context";
import type { TrustClass } from "@/lib/domain/memory/memory";

export const SESSION_COOKIE = "palimpsest_session";

/** Who is calling: what a credential stands for. */
export type Caller = Omit<Context, "now" | "idempotency" | "channel">;

/** Reads the bearer key or the browser's session. There is no anonymous access, also not from this machine. */
export async function callerOf(request: Request, now: Millis): Promise<Caller> {
  const bearer = bearerOf(request);
  const from = originOfCaller(request);
  if (bearer !== null) return { ...(await callerOfKey(bearer, now)), from };
  const cookie = cookieOf(request, SESSION_COOKIE);
  if (cookie !== null) return { ...(await callerOfSession(cookie, request, now)), from };
  throw new Refusal(
    "unauthenticated",
    "This needs a credential. Send `Authorization: Bearer <api key>`, or sign in with the link that `npm start` prints.",
  );
}

/** Keys are looked up on every request; whether one was used need only be known to the minute. */
const TOUCH_EVERY_MS = 60_000;

async function callerOfKey(secret: string, now: Millis): Promise<Caller> {
  if (env.adminKey !== null && secret === env.adminKey) await ensureFirstOwner();
  const key = await findKey(secret);
  if (key === null || key.revokedAt !== null)
    throw new Refusal(
      "unauthenticated",
      "This API key is not known here or was revoked. Make a new one under Settings, or check for a missing character.",
    );
  if (key.expiresAt !== null && key.expiresAt.getTime() <= now)
    throw new Refusal(
      "unauthenticated",
      `This API key expired at ${key.expiresAt.toISOString()}. Make a new one under Settings.`,
    );
  if (key.isArchived)
    throw new Refusal(
      "unauthenticated",
      "The workspace of this API key was put away. An owner can open it again under Settings → Workspaces.",
    );
  if (now - (key.lastUsedAt?.getTime() ?? 0) > TOUCH_EVERY_MS) await touchKey(key.id, now);
  const trust = key.trust as TrustClass; // written from the enum of the contract
  return {
    workspaceId: brand<WorkspaceId>(key.workspaceId),
    actor: `key:${key.id}`,
    actorName: key.name,
    source: `${trust}:key/${key.id}`,
    trust,
    scopes: scopesOf(key.scopes),
    installation: key.installation,
  };
}

async function callerOfSession(secret: string, request: Request, now: Millis): Promise<Caller> {
  requireSameOrigin(request);
  const session = await resumeSession(secret, now);
  const trust = session.trust as TrustClass; // written from a key's class, or by the person's role
  const actor = session.actor as Actor; // written by `startSession`
  const { id: sessionId, installation } = session;
  return {
    workspaceId: brand<WorkspaceId>(session.workspaceId),
    actor,
    source: `${trust}:${actor.replace(":", "/")}`,
    trust,
    scopes: scopesOf(session.scopes),
    installation,
    sessionId,
  };
}

/** A page of another origin can make the browser send our cookie; it cannot make it send our Origin. */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null || request.method === "GET") return;
  // A sandboxed page sends the word `null`, which is no URL and never ours.
  const from = URL.canParse(origin) ? new URL(origin).host : null;
  if (from !== (request.headers.get("host") ?? new URL(request.url).host))
    throw new Refusal(
      "forbidden",
      "This request comes from a page of another site. Use an API key instead of the browser's session.",
    );
}

export function bearerOf(request: Request): string | null {
  const header = request.headers.get("authorization");
  const found = header === null ? null : /^(?:Bearer|Token)\s+(\S+)$/iu.exec(header);
  return found?.[1] ?? null;
}

export function cookieOf(request: Request, name: string): string | null {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([key]) => key === name)?.[1] ?? null;
}

const scopesOf = (names: readonly string[]): AccessScope[] => SCOPES.filter((scope) => names.includes(scope));

export const nowMillis = (): Millis => millis(Date.now());
