import { bearerOf, callerOf, cookieOf, nowMillis, SESSION_COOKIE, type Caller } from "./actor";
import { countRequest, countWrongSecret, refuseGuessing } from "./limits";
import { Refusal } from "@/lib/domain/errors";
import { requestsPerMinute } from "@/lib/queries/request-limit";
import { requireKnownHost } from "./host";
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
  return attempted({ kind: "credential", request, secret }, now, () => callerOf(request, now));
}

/** Tries a secret, unless too many wrong ones came from where it comes from; a wrong one counts. */
export async function attempted<T>(
  attempt: Parameters<typeof refuseGuessing>[0],
  now: Millis,
  work: () => Promise<T>,
): Promise<T> {
  refuseGuessing(attempt, now);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code === "unauthenticated") countWrongSecret(attempt, now);
    throw error;
  }
}
