/** How much a key may ask and how often one may guess, on every entrance. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { LIMITS } from "@/lib/transport/limits";
import { mcpResponse } from "@/lib/transport/mcp";
import { mem0Response } from "@/lib/transport/mem0/respond";
import { problem } from "@/lib/contracts/problem";
import { startSessionResponse } from "@/lib/transport/session";
import { HOST, rest } from "../support/rest";
import { tenant, type Tenant } from "../support/tenant";

let here: Tenant;
beforeEach(async () => {
  here = await tenant();
});
afterEach(() => {
  // What this file's guesses have used up is this process's alone.
  Reflect.deleteProperty(globalThis, "palimpsestLimits");
});

const allow = async (perMinute: number) =>
  (await here.owner.patch("/parameters/safety.requestsPerMinute", { value: perMinute })).as("parameters.set");

function at(path: string, secret: string | null, more: { body?: object; address?: string } = {}): Request {
  return new Request(`http://${HOST}${path}`, {
    method: more.body === undefined ? "GET" : "POST",
    headers: {
      host: HOST,
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      ...(more.address === undefined ? {} : { "x-forwarded-for": more.address }),
    },
    ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
  });
}

describe("requests of a key", () => {
  it("are refused beyond what the parameter allows, with the time to wait, and pass again after it", async () => {
    await allow(600);
    let refused = 0;
    for (let asked = 0; asked < 200 && refused === 0; asked += 1) {
      const answer = await here.ordinary.get("/parameters");
      if (answer.status !== 429) continue;
      refused = asked;
      const { retryAfterSeconds } = answer.problem("rate_limited");
      expect(answer.headers.get("retry-after")).toBe(String(retryAfterSeconds));
      expect(retryAfterSeconds).toBe(1);
    }
    // A sixth of the minute's 600 at once, and what came back while these were asked.
    expect(refused).toBeGreaterThanOrEqual(100);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await here.ordinary.get("/parameters")).status).toBe(200);
  });

  it("are counted by key, so that one key's haste is not another's", async () => {
    await allow(1);
    expect((await here.low.get("/parameters")).status).toBe(200);
    (await here.low.get("/parameters")).problem("rate_limited");
    expect((await here.verified.get("/parameters")).status).toBe(200);
  });

  it("follow the parameter at once, also when its change is reverted, and 0 sets no limit", async () => {
    const [change] = (await allow(1)).changes;
    await here.low.get("/parameters");
    (await here.low.get("/parameters")).problem("rate_limited");
    Reflect.deleteProperty(globalThis, "palimpsestLimits");
    await here.revert({ changeIds: [change?.id] });
    for (let asked = 0; asked < 5; asked += 1) expect((await here.low.get("/parameters")).status).toBe(200);
    await allow(0);
    expect((await here.low.get("/parameters")).status).toBe(200);
  });

  it("are one count for REST, MCP and the drop-in", async () => {
    await allow(1);
    const secret = here.workspace.secrets.verified;
    expect((await here.verified.get("/parameters")).status).toBe(200);
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
    const mcp = await mcpResponse(at("/api/mcp", secret, { body: list }));
    expect(mcp.status).toBe(429);
    expect(Number(mcp.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(problem.parse(await mcp.json()).code).toBe("rate_limited");
    const mem0 = await mem0Response(at("/api/compat/mem0/v1/ping/", secret));
    expect(mem0.status).toBe(429);
    expect(Number(mem0.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await mem0.json()).toMatchObject({ code: "rate_limited" });
  });

  it("are never counted for a person at the dashboard, who may have to undo the limit", async () => {
    const { insertSession } = await import("@/lib/store/sessions");
    const { workspaceId, clock } = here.workspace;
    const expiresAt = clock.now();
    const secret = await insertSession({
      workspaceId,
      actor: "person:owner",
      scopes: ["read"],
      trust: "owner",
      createdAt: clock.now(),
      expiresAt: (expiresAt + 3_600_000) as typeof expiresAt, // a time an hour later is a time
    });
    await allow(1);
    const cookie = { cookie: `palimpsest_session=${secret}` };
    for (let asked = 0; asked < 5; asked += 1)
      expect((await rest(null).get("/parameters", cookie)).status).toBe(200);
  });
});

describe("wrong credentials", () => {
  const signIn = (key: string, address: string) =>
    startSessionResponse(at("/api/session", null, { body: { key }, address }));

  it("end sign-in from their address, also for a right key, and from no other", async () => {
    const right = here.workspace.secrets.ordinary;
    for (let tried = 0; tried < LIMITS.signIn.capacity; tried += 1)
      expect((await signIn(`pal_key_wrong_${tried}`, "203.0.113.7")).status).toBe(401);
    const refused = await signIn(right, "203.0.113.7");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("10");
    expect((await signIn(right, "203.0.113.8")).status).toBe(200);
  });

  it("do not count again when a program sends the same one over and over", async () => {
    for (let tried = 0; tried < LIMITS.signIn.capacity * 2; tried += 1)
      expect((await signIn("pal_key_revoked_long_ago", "203.0.113.7")).status).toBe(401);
    expect((await signIn(here.workspace.secrets.ordinary, "203.0.113.7")).status).toBe(200);
  });

  it("are believed to come from the address that the nearest proxy saw, whatever the sender claims", async () => {
    for (let tried = 0; tried < LIMITS.signIn.capacity; tried += 1)
      await signIn(`pal_key_wrong_${tried}`, `198.51.100.${tried}, 203.0.113.7`);
    expect((await signIn("pal_key_another", "203.0.113.7")).status).toBe(429);
  });

  it("are refused on REST after a longer run of guesses", async () => {
    const guess = (tried: number) => rest(`pal_key_guess_${tried}`).get("/parameters");
    for (let tried = 0; tried < LIMITS.credential.capacity; tried += 1) await guess(tried);
    const refused = await guess(LIMITS.credential.capacity + 100);
    expect([401, 429]).toContain(refused.status);
    let last = refused;
    for (let more = 0; more < 60 && last.status === 401; more += 1) last = await guess(1000 + more);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    last.problem("rate_limited");
  });
});
