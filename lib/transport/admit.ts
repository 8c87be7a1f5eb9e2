import { bearerOf, callerOf, cookieOf, nowMillis, SESSION_COOKIE, type Caller } from "./actor";
import { attempted } from "./guessing";
import { countRequest } from "./limits";
import { Refusal } from "@/lib/domain/errors";
import { requestsPerMinute } from "@/lib/queries/request-limit";
import { note } from "@/lib/commands/audit";
import { operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { originOfCaller, requireKnownHost } from "./host";
import type { Context } from "@/lib/commands/context";
import type { Millis } from "@/lib/domain/ids";

/** The door of every entrance: host (421), guesses from this address (429), credential (401), requests of this key (429). */
export async function admit(request: Request): Promise<Caller> {
  requireKnownHost(request);
  const now = nowMillis();
  const caller = await recognise(request, now);
  // A person at the dashboard is never shut out, because that is where the limit is changed.
  if (caller.actor.startsWith("person:")) return caller;
  countRequest(
    `${caller.workspaceId} ${caller.actor}`,
    await requestsPerMinute(caller.workspaceId, now),
    now,
  );
  return caller;
}

async function recognise(request: Request, now: Millis): Promise<Caller> {
  const secret = bearerOf(request) ?? cookieOf(request, SESSION_COOKIE);
  if (secret === null) return callerOf(request, now);
  try {
    return await attempted({ kind: "credential", request, secret }, now, () => callerOf(request, now));
  } catch (error) {
    if (error instanceof Refusal && error.code === "unauthenticated") await noteUnknown(request, now);
    throw error;
  }
}

/** A secret that nobody has, or nobody any more: where it was tried, and never what it was. */
const noteUnknown = (request: Request, now: Millis): Promise<void> =>
  note(
    {
      kind: "unknownCredential",
      actor: null,
      workspaceId: null,
      from: originOfCaller(request),
      operation: `${request.method} ${new URL(request.url).pathname}`,
    },
    now,
  );

/** Refuses a caller without the scope that an operation needs, and notes who wanted what. */
export async function requireScope(
  ctx: Omit<Context, "now" | "idempotency" | "channel">,
  id: OperationId,
  what = "This",
): Promise<void> {
  const { scope }: Operation = operations[id];
  if (scope === "none" || ctx.scopes.includes(scope)) return;
  const has = ctx.scopes.map((one) => `"${one}"`).join(", ") || "none";
  await note({
    kind: "denied",
    actor: ctx.actor,
    workspaceId: ctx.workspaceId,
    from: ctx.from ?? { address: null, agent: null },
    operation: id,
    detail: `needs ${scope}`,
  });
  const detail = ctx.actor.startsWith("person:")
    ? `${what} needs the right "${scope}", and your role here has ${has}. An owner of this workspace can give you another role under Settings → People.`
    : `${what} needs the scope "${scope}"; the credential has ${has}.`;
  throw new Refusal("forbidden", detail, { extra: { neededScope: scope } });
}
