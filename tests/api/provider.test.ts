/** Signing in with an account elsewhere, at an identity provider that really speaks OpenID Connect over HTTP. */
import { createHash } from "node:crypto";

import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { GET as fromProvider } from "@/app/api/session/provider/callback/oidc/route";
import { GET as toProvider } from "@/app/api/session/provider/route";
import { serveHttp, type HttpServer } from "../support/http-server";
import { browser, browserRequest, cookieIn, personIn } from "../support/person";
import { HOST } from "../support/rest";
import { only, tenant, type Tenant } from "../support/tenant";

/** Who the provider says has signed in there. */
let account = { sub: "1", email: "sue@example.org", email_verified: true, name: "Sue" };
let provider: HttpServer;
let signing: CryptoKey;
const asked = new Map<string, { challenge: string; nonce: string | null }>();

const answer = (body: object) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });

async function idToken(nonce: string | null): Promise<string> {
  return new SignJWT({ ...account, ...(nonce === null ? {} : { nonce }) })
    .setProtectedHeader({ alg: "RS256", kid: "k" })
    .setIssuer(provider.address)
    .setAudience("palimpsest")
    .setSubject(account.sub)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(signing);
}

/** Checks the proof key of the code, as a provider does. */
async function token(request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const grant = asked.get(form.get("code") ?? "");
  const proof = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (grant === undefined || grant.challenge !== proof) return new Response(null, { status: 400 });
  return answer({
    access_token: "a",
    token_type: "Bearer",
    expires_in: 60,
    id_token: await idToken(grant.nonce),
  });
}

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  signing = privateKey;
  const jwk = { ...(await exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" };
  provider = await serveHttp(async (request) => {
    const { pathname, origin } = new URL(request.url);
    if (pathname === "/token") return token(request);
    if (pathname === "/jwks") return answer({ keys: [jwk] });
    if (pathname !== "/.well-known/openid-configuration") return new Response(null, { status: 404 });
    return answer({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/jwks`,
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
    });
  });
});
afterAll(() => provider.close());

let here: Tenant;
beforeEach(async () => {
  here = await tenant();
  Reflect.deleteProperty(globalThis, "palimpsestAccounts");
  vi.stubEnv("PALIMPSEST_OIDC_ISSUER", provider.address);
  vi.stubEnv("PALIMPSEST_OIDC_CLIENT_ID", "palimpsest");
  vi.stubEnv("PALIMPSEST_OIDC_CLIENT_SECRET", "a secret between the two");
  vi.stubEnv("PALIMPSEST_OIDC_NAME", "Work");
});

/** There and back again, as a browser goes: cookies along, a code from the provider. */
async function signInElsewhere(invitation: string | null) {
  const query = invitation === null ? "" : `?invitation=${invitation}`;
  const there = await toProvider(browserRequest("GET", `/api/session/provider${query}`));
  expect(there.status, await there.clone().text()).toBe(302);
  const to = new URL(there.headers.get("location") ?? "");
  expect(to.origin).toBe(provider.address);
  expect(to.searchParams.get("redirect_uri")).toBe(`http://${HOST}/api/session/provider/callback/oidc`);
  const code = crypto.randomUUID();
  const [challenge, nonce] = [to.searchParams.get("code_challenge") ?? "", to.searchParams.get("nonce")];
  asked.set(code, { challenge, nonce });
  const cookie = there.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  const state = encodeURIComponent(to.searchParams.get("state") ?? "");
  const back = (cookies: string) =>
    fromProvider(
      browserRequest("GET", `/api/session/provider/callback/oidc?code=${code}&state=${state}`, {
        cookie: cookies,
      }),
    );
  return { back, cookie };
}

describe("an account elsewhere", () => {
  it("that nobody invited is refused, and makes nobody", async () => {
    account = { ...account, sub: "nobody", email: "nobody@elsewhere.example" };
    const { back, cookie } = await signInElsewhere(null);
    const refused = await back(cookie);
    expect(refused.headers.get("location")).toMatch(/^\/login\?problem=/u);
    expect(cookieIn(refused)).toBe("");
  });

  it("comes in by an invitation, and from then on without one", async () => {
    account = { ...account, sub: `s-${Date.now()}`, email: `sue-${Date.now()}@elsewhere.example` };
    const invited = (await here.owner.post("/invitations", { note: "Sue", role: "curator" })).as(
      "people.invite",
    );
    const first = await signInElsewhere(invited.secret);
    const came = await first.back(first.cookie);
    expect(came.headers.get("location")).toBe("/");
    const sue = browser(cookieIn(came));
    expect((await sue.get("/session")).as("sessions.get")).toMatchObject({
      workspace: { id: here.workspace.workspaceId },
      person: { name: "Sue", email: account.email },
    });
    expect(only((await here.owner.get("/people")).as("people.list").items).role).toBe("curator");
    const again = await signInElsewhere(null);
    expect((await again.back(again.cookie)).headers.get("location")).toBe("/");
  });

  it("with somebody's address does not become that somebody", async () => {
    const ann = await personIn(here, "owner");
    account = { ...account, sub: `other-${Date.now()}`, email: ann.email };
    const { back, cookie } = await signInElsewhere(null);
    expect((await back(cookie)).headers.get("location")).toMatch(/^\/login\?problem=/u);
  });

  it("comes back only to the browser that went", async () => {
    account = { ...account, sub: `t-${Date.now()}`, email: `tom-${Date.now()}@elsewhere.example` };
    const invited = (await here.owner.post("/invitations", { note: "Tom", role: "viewer" })).as(
      "people.invite",
    );
    const { back, cookie } = await signInElsewhere(invited.secret);
    const stolen = await back("");
    expect(cookieIn(stolen)).toBe("");
    expect((await back(cookie)).headers.get("location")).toBe("/");
  });
});
