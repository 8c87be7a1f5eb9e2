/** How much a key may ask and how often one may guess, on every entrance. */
import { randomInt } from "node:crypto";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { GUESSES } from "@/lib/transport/guessing";
import { MOST_GUESSERS, pruneGuesses, takeGuess, waitForGuess } from "@/lib/store/guesses";
import { mcpResponse } from "@/lib/transport/mcp";
import { mem0Response } from "@/lib/transport/mem0/respond";
import { problem } from "@/lib/contracts/problem";
import { prisma } from "@/lib/store/prisma";
import { secretHash } from "@/lib/store/access";
import { startSessionResponse } from "@/lib/transport/session";
import { HOST, rest } from "../support/rest";
import { tenant, type Tenant } from "../support/tenant";

let here: Tenant;
beforeEach(async () => {
  here = await tenant();
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "palimpsestLimits");
});

/** Guesses are counted in the database that all tests share, so each guesses from a place of its own. */
const somewhere = (): string =>
  `2001:db8:${[1, 2, 3, 4].map(() => randomInt(65_536).toString(16)).join(":")}::1`;

/** Nothing of what this process remembers: what it knows then is what the store tells it. */
const asAnotherServer = () => Reflect.deleteProperty(globalThis, "palimpsestGuessers");

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

  const wrongOnes = async (address: string, count: number) => {
    const statuses = [];
    for (let tried = 0; tried < count; tried += 1)
      statuses.push((await signIn(`pal_key_wrong_${tried}`, address)).status);
    return statuses;
  };

  it("end sign-in from their address, also for a right key, and from no other", async () => {
    const [right, place] = [here.workspace.secrets.ordinary, somewhere()];
    const { capacity } = GUESSES.signIn;
    expect(await wrongOnes(place, capacity)).toEqual(Array(capacity).fill(401));
    const refused = await signIn(right, place);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toMatch(/^(?:9|10)$/u);
    expect((await signIn(right, somewhere())).status).toBe(200);
  });

  it("are counted by all servers of a store together", async () => {
    const place = somewhere();
    const half = GUESSES.signIn.capacity / 2;
    await wrongOnes(place, half);
    asAnotherServer();
    // The other server cannot know that these were tried before, so they are guesses there.
    expect(await wrongOnes(place, half)).toEqual(Array(half).fill(401));
    asAnotherServer();
    const refused = await signIn(here.workspace.secrets.ordinary, place);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("that come all at once get no further than those that come one by one", async () => {
    const place = somewhere();
    const { capacity } = GUESSES.signIn;
    const answers = await Promise.all(
      Array.from({ length: capacity + 20 }, (_, tried) => signIn(`pal_key_at_once_${tried}`, place)),
    );
    const passed = answers.filter(({ status }) => status === 401);
    expect(passed).toHaveLength(capacity);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it("cost those nothing who come in with a right one", async () => {
    const place = somewhere();
    const right = here.workspace.secrets.ordinary;
    for (let times = 0; times < GUESSES.signIn.capacity + 2; times += 1)
      expect((await signIn(right, place)).status).toBe(200);
  });

  it("do not count again when a program sends the same one over and over", async () => {
    const place = somewhere();
    for (let tried = 0; tried < GUESSES.signIn.capacity * 2; tried += 1)
      expect((await signIn("pal_key_revoked_long_ago", place)).status).toBe(401);
    expect((await signIn(here.workspace.secrets.ordinary, place)).status).toBe(200);
  });

  it("are believed to come from the address that the nearest proxy saw, whatever the sender claims", async () => {
    const place = somewhere();
    for (let tried = 0; tried < GUESSES.signIn.capacity; tried += 1)
      await signIn(`pal_key_wrong_${tried}`, `198.51.100.${tried}, ${place}`);
    expect((await signIn("pal_key_another", place)).status).toBe(429);
  });

  it("are refused on REST after a longer run of guesses, and so is a right key from there, on every server", async () => {
    const place = { "x-forwarded-for": somewhere() };
    const name = `credential ${place["x-forwarded-for"]}`;
    const { capacity } = GUESSES.credential;
    for (let taken = 0; taken < capacity; taken += 1) await takeGuess(name, { capacity, perMinute: 1 });
    let last = await rest("pal_key_guess_0").get("/parameters", place);
    for (let more = 1; more < 60 && last.status === 401; more += 1)
      last = await rest(`pal_key_guess_${more}`).get("/parameters", place);
    last.problem("rate_limited");
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    (await here.ordinary.get("/parameters", place)).problem("rate_limited");
    expect((await here.ordinary.get("/parameters")).status).toBe(200);
  });
});

describe("what is kept of guesses", () => {
  const limit = { capacity: 2, perMinute: 60 };

  it("comes back with time, and never to more than there was", async () => {
    const name = somewhere();
    expect([await takeGuess(name, limit), await takeGuess(name, limit)]).toEqual([0, 0]);
    const waitMs = await takeGuess(name, limit);
    expect(waitMs).toBeGreaterThan(500);
    expect(waitMs).toBeLessThanOrEqual(1000);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    expect([await waitForGuess(name, limit), await takeGuess(name, limit)]).toEqual([0, 0]);
    expect(await takeGuess(name, limit)).toBeGreaterThan(0);
  });

  it("is forgotten when it is full again, and ends at a number", async () => {
    const [rested, recent] = [somewhere(), somewhere()];
    for (const name of [rested, recent]) {
      await takeGuess(name, { capacity: 1, perMinute: 0.01 });
      expect(await waitForGuess(name, { capacity: 1, perMinute: 0.01 })).toBeGreaterThan(0);
    }
    await prisma().guessAllowance.updateMany({
      where: { name: secretHash(rested) },
      data: { at: new Date(Date.now() - 11 * 60_000) },
    });
    await pruneGuesses(MOST_GUESSERS);
    const left = await prisma().guessAllowance.findMany({
      where: { name: { in: [rested, recent].map(secretHash) } },
    });
    expect(left.map(({ name }) => Buffer.from(name))).toEqual([Buffer.from(secretHash(recent))]);
  });
});
