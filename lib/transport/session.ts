import { cookieOf, nowMillis, requireSameOrigin, SESSION_COOKIE } from "./actor";
import { endSession, startSession, type StartedSession } from "@/lib/commands/session";
import { attempted, type Attempt } from "./guessing";
import { isSecure, originOfCaller, requireKnownHost } from "./host";
import { newPlainId } from "@/lib/commands/context";
import { note } from "@/lib/commands/audit";
import { problemResponse } from "./problem";
import { readBody } from "./input";
import { Refusal } from "@/lib/domain/errors";
import { startSession as shape } from "@/lib/contracts/access";
import type { Millis } from "@/lib/domain/ids";
import type { Schema } from "@/lib/contracts/schema";

/** Sign-in: the secret goes into a cookie that scripts cannot read and other sites cannot send. */
export const startSessionResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const input = await bodyOf(request, shape);
    const now = nowMillis();
    return signedIn(
      request,
      await guessed({ request, secret: input.token ?? input.key ?? "", now }, () =>
        startSession(input, now, originOfCaller(request)),
      ),
    );
  });

export const endSessionResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const secret = cookieOf(request, SESSION_COOKIE);
    if (secret !== null) await endSession(secret);
    return answer({ ended: true }, [cookie(request, "", 0)]);
  });

const MS_PER_SECOND = 1000;

/** The new session's cookie; the one that was there before ends, so that a cookie somebody planted signs nobody in. */
export async function signedIn(request: Request, { secret, expiresAt }: StartedSession): Promise<Response> {
  await endEarlier(request);
  return answer({ expiresAt: new Date(expiresAt).toISOString() }, [
    sessionCookie(request, { secret, expiresAt }),
  ]);
}

export async function endEarlier(request: Request): Promise<void> {
  const earlier = cookieOf(request, SESSION_COOKIE);
  if (earlier !== null) await endSession(earlier);
}

export const sessionCookie = (request: Request, { secret, expiresAt }: StartedSession): string =>
  cookie(request, secret, Math.floor((expiresAt - nowMillis()) / MS_PER_SECOND));

export interface Guess {
  readonly request: Request;
  readonly secret: string;
  readonly now: Millis;
  /** Whose account it is tried on. */
  readonly account?: string;
}

/** Tries a secret of somebody who signs in. Wrong ones count against where they come from, and against the account they are tried on. */
export async function guessed<T>(
  { request, secret, now, account }: Guess,
  work: () => Promise<T>,
): Promise<T> {
  const byAddress: Attempt = { kind: "signIn", request, secret: `${account ?? ""} ${secret}` };
  const whole =
    account === undefined ? work : () => attempted({ kind: "account", request, secret, account }, now, work);
  try {
    return await attempted(byAddress, now, whole);
  } catch (error) {
    if (error instanceof Refusal && (error.code === "unauthenticated" || error.code === "rate_limited"))
      await note(
        {
          kind: "signInFailed",
          actor: null,
          workspaceId: null,
          from: originOfCaller(request),
          operation: new URL(request.url).pathname,
          detail: account ?? null,
        },
        now,
      );
    throw error;
  }
}

/** The way of every request that signs in or out: host, body, work; a refusal as REST has it. */
export async function guarded(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    requireKnownHost(request);
    requireSameOrigin(request);
    return await work();
  } catch (error) {
    return problemResponse(error, newPlainId());
  }
}

export async function bodyOf<S extends Schema>(request: Request, schema: S): Promise<S["_output"]> {
  const parsed = schema.safeParse(jsonOf((await readBody(request)) ?? "{}"));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const [first] = fields;
  throw new Refusal(
    "invalid_input",
    first === undefined
      ? "The input is not valid."
      : `${first.path === "" ? "" : `${first.path}: `}${first.message}`,
    { fields },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid_input", "The body is not valid JSON.");
  }
}

/** Over plain HTTP on this machine a Secure cookie would never be sent back, so it is set where the request came by HTTPS. */
const cookie = (request: Request, value: string, seconds: number): string =>
  cookieText(request, { name: SESSION_COOKIE, value, seconds, path: "/" });

export function cookieText(
  request: Request,
  {
    name,
    value,
    seconds,
    path,
  }: { readonly name: string; readonly value: string; readonly seconds: number; readonly path: string },
): string {
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure(request) ? "; Secure" : ""}`;
}

export function answer(body: object, cookies: readonly string[] = []): Response {
  const response = new Response(JSON.stringify(body), {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
  for (const text of cookies) response.headers.append("set-cookie", text);
  return response;
}
