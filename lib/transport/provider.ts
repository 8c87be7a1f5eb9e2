import { accounts, arriving, PROVIDER, SIGN_IN_PATH } from "@/lib/sign-in/accounts";
import { accountsFor } from "./sign-in";
import { cookieOf, nowMillis } from "./actor";
import { cookieText, endEarlier, sessionCookie } from "./session";
import { env } from "@/lib/env";
import { findInvitationToJoin, joinAs } from "@/lib/commands/join";
import { newPlainId } from "@/lib/commands/context";
import { note } from "@/lib/commands/audit";
import { originOfCaller, publicOriginOf, requireKnownHost } from "./host";
import { problemResponse } from "./problem";
import { Refusal } from "@/lib/domain/errors";
import { startPersonSession, type StartedSession } from "@/lib/commands/session";

/** Signing in with an account elsewhere: there by `GET`, and back by `GET`, because it is the browser that goes. */

const INVITATION_COOKIE = "palimpsest_invitation";
const AWAY_SECONDS = 600;

/** Sends the browser to the identity provider; `?invitation=` is remembered for the way back. */
export const toProviderResponse = (request: Request): Promise<Response> =>
  ways(async () => {
    requireKnownHost(request);
    if (env.identityProvider === null)
      throw new Refusal("not_found", "No identity provider is configured: set PALIMPSEST_OIDC_ISSUER.");
    const token = new URL(request.url).searchParams.get("invitation");
    const library = await accounts(accountsFor(request, token !== null));
    const asked = await library.api.signInSocial({
      body: { provider: PROVIDER, callbackURL: "/", errorCallbackURL: "/login", disableRedirect: true },
      headers: request.headers,
      asResponse: true,
    });
    const { url } = (await asked.json()) as { url?: string }; // the library's answer to a request of this form
    if (url === undefined)
      throw new Refusal(
        "unavailable",
        "The identity provider does not answer. Try again, or sign in another way.",
      );
    const response = redirect(url, asked.headers.getSetCookie());
    // On the way back the browser comes from elsewhere, so this cookie may come along from there.
    if (token !== null)
      response.headers.append(
        "set-cookie",
        cookieText(request, {
          name: INVITATION_COOKIE,
          value: encodeURIComponent(token),
          seconds: AWAY_SECONDS,
          path: SIGN_IN_PATH,
        }).replace("SameSite=Strict", "SameSite=Lax"),
      );
    return response;
  });

/** The provider sent the browser back: the library checks what it brought and says who it is. */
export const fromProviderResponse = (request: Request): Promise<Response> =>
  ways(async () => {
    requireKnownHost(request);
    const token = decodeURIComponent(cookieOf(request, INVITATION_COOKIE) ?? "") || null;
    const mayJoin = token !== null && (await findInvitationToJoin(token, nowMillis()));
    const library = await accounts(accountsFor(request, mayJoin));
    // Behind a proxy the request's own address is not the one that people use, and the library compares.
    const { pathname, search } = new URL(request.url);
    const { done, personId } = await arriving(() =>
      library.handler(
        new Request(`${publicOriginOf(request)}${pathname}${search}`, { headers: request.headers }),
      ),
    );
    if (personId === null) {
      const problem = problemOf(done);
      await note({
        kind: "signInFailed",
        actor: null,
        workspaceId: null,
        from: originOfCaller(request),
        operation: pathname,
        detail: problem,
      });
      return redirect(`/login?problem=${encodeURIComponent(problem)}`, []);
    }
    const session = await begin(request, personId, mayJoin ? token : null);
    await endEarlier(request);
    return redirect("/", [
      sessionCookie(request, session),
      cookieText(request, { name: INVITATION_COOKIE, value: "", seconds: 0, path: SIGN_IN_PATH }),
    ]);
  });

function begin(request: Request, personId: string, token: string | null): Promise<StartedSession> {
  const came = { now: nowMillis(), from: originOfCaller(request) };
  return token === null
    ? startPersonSession(personId, "with an account elsewhere", came)
    : joinAs(token, personId, { ...came, accounts: accountsFor(request) });
}

/** The library's own word for why not, from where it would have sent the browser. */
function problemOf(response: Response): string {
  const to = response.headers.get("location");
  const word =
    to !== null && URL.canParse(to, "http://localhost")
      ? new URL(to, "http://localhost").searchParams.get("error")
      : null;
  return word ?? "refused";
}

async function ways(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return problemResponse(error, newPlainId());
  }
}

function redirect(to: string, cookies: readonly string[]): Response {
  const response = new Response(null, {
    status: 302,
    headers: { location: to, "cache-control": "no-store" },
  });
  for (const text of cookies) response.headers.append("set-cookie", text);
  return response;
}
