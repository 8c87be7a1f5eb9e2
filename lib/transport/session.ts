import { cookieOf, nowMillis, SESSION_COOKIE } from "./actor";
import { endSession, startSession } from "@/lib/commands/session";
import { attempted } from "./admit";
import { newPlainId } from "@/lib/commands/context";
import { problemResponse } from "./problem";
import { readBody } from "./input";
import { Refusal } from "@/lib/domain/errors";
import { requireKnownHost } from "./host";
import { startSession as shape } from "@/lib/contracts/access";

/** Sign-in: the secret goes into a cookie that scripts cannot read and other sites cannot send. */
export async function startSessionResponse(request: Request): Promise<Response> {
  return guarded(request, async () => {
    const parsed = shape.safeParse(JSON.parse((await readBody(request)) ?? "{}"));
    if (!parsed.success) throw new Refusal("invalid_input", "Give either `token` or `key`.", { fields: parsed.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })) });
    const now = nowMillis();
    const tried = parsed.data.token ?? parsed.data.key ?? "";
    const { secret, expiresAt } = await attempted({ kind: "signIn", request, secret: tried }, now, () => startSession(parsed.data, now));
    const seconds = Math.floor((expiresAt - now) / MS_PER_SECOND);
    return answer({ expiresAt: new Date(expiresAt).toISOString() }, cookie(request, secret, seconds));
  });
}

export async function endSessionResponse(request: Request): Promise<Response> {
  return guarded(request, async () => {
    const secret = cookieOf(request, SESSION_COOKIE);
    if (secret !== null) await endSession(secret);
    return answer({ ended: true }, cookie(request, "", 0));
  });
}

const MS_PER_SECOND = 1000;

async function guarded(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    requireKnownHost(request);
    return await work();
  } catch (error) {
    const refusal = error instanceof SyntaxError ? new Refusal("invalid_input", "The body is not valid JSON.") : error;
    return problemResponse(refusal, newPlainId());
  }
}

/** Over plain HTTP on this machine a Secure cookie would never be sent back, so it is set where the request came by HTTPS. */
function cookie(request: Request, value: string, seconds: number): string {
  const secure = new URL(request.url).protocol === "https:" || request.headers.get("x-forwarded-proto") === "https";
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? "; Secure" : ""}`;
}

const answer = (body: object, setCookie: string): Response =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json", "cache-control": "no-store", "set-cookie": setCookie } });
