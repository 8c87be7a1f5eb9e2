/** Webhooks as their receivers see them: a real socket, the published way to check a signature, and a server that restarts. */
import { createHmac } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { columnsHolding } from "../support/text-columns";
import { DELIVERY, deliverWebhooks, type DeliveryOptions } from "@/lib/commands/webhooks/deliver";
import { keepWebhooks } from "@/lib/commands/webhooks/keep-webhooks";
import { keyFile, seal, unseal } from "@/lib/store/sealed";
import { millis } from "@/lib/domain/ids";
import { serveHttp, type HttpServer } from "../support/http-server";
import { only, tenant, type Tenant } from "../support/tenant";
import type { Resolve } from "@/lib/network/post";

interface Received {
  readonly headers: Headers;
  readonly body: string;
  readonly message: {
    readonly type: string;
    readonly workspaceId: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

let receiver: HttpServer;
let received: Received[] = [];
let statuses: number[] = [];
beforeAll(async () => {
  receiver = await serveHttp(async (request) => {
    const body = await request.text();
    received.push({ headers: request.headers, body, message: JSON.parse(body) });
    return new Response(null, { status: statuses.shift() ?? 204 });
  });
});
afterAll(() => receiver.close());

let here: Tenant;
let now: number;
beforeEach(async () => {
  here = await tenant();
  received = [];
  statuses = [];
  now = Date.now();
});

const QUICK: DeliveryOptions = { ...DELIVERY, timeoutMs: 2000 };
const deliver = (options: DeliveryOptions = QUICK) =>
  deliverWebhooks({ workspaceId: here.workspace.workspaceId, now: () => millis(now) }, options);
const hook = async (events?: string[]) =>
  (await here.owner.post("/webhooks", { url: `${receiver.address}/hook`, ...(events ? { events } : {}) })).as(
    "webhooks.create",
  );
const log = async (id: string) =>
  (await here.owner.get(`/webhooks/${id}/deliveries`)).as("webhooks.deliveries").items;
const stateOf = async (id: string) =>
  (await here.owner.get("/webhooks")).as("webhooks.list").items.find((w) => w.id === id);

describe("a message", () => {
  it("is signed as Standard Webhooks say, over its id, its time and its very bytes", async () => {
    const { secret, webhook } = await hook();
    await here.remember("Ann likes tea");
    await deliver();
    const { headers, body, message } = only(received);
    const [id, seconds] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const mac = (text: string) => `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
    expect(headers.get("webhook-signature")).toBe(mac(`${id}.${seconds}.${body}`));
    expect(headers.get("webhook-signature")).not.toBe(mac(`${id}.${seconds}.${body} `));
    expect(seconds).toBe(String(Math.floor(now / 1000)));
    expect(message).toMatchObject({ type: "change.create", workspaceId: here.workspace.workspaceId });
    expect(only(await log(webhook.id))).toMatchObject({
      id,
      state: "delivered",
      attempts: [{ status: 204, error: null }],
    });
  });

  it("names what changed and quotes no text of it", async () => {
    await hook();
    const memory = await here.remember("the launch code is 0000");
    await deliver();
    const { body, message } = only(received);
    expect(body).not.toContain("launch");
    expect(message.data).toMatchObject({ changes: [{ targetId: memory.id, op: "create", seq: 1 }] });
    await here.owner.post(`/memories/${memory.id}/purge`, { confirm: memory.id });
    await deliver();
    expect(await columnsHolding(here.workspace.workspaceId, "launch code")).toEqual([]);
  });

  it("comes in the order of the ledger, one for each run of changes of a group, and each once", async () => {
    await hook();
    const items = Array.from({ length: 150 }, (_, n) => ({ content: `note ${n}` }));
    await here.owner.post("/memories/batch", { items });
    const memory = await here.remember("another");
    await here.owner.patch(`/memories/${memory.id}`, { pinned: true });
    await deliver();
    await deliver();
    const ranges = received.map(({ message }) => [
      message.type,
      message.data["fromSeq"],
      message.data["toSeq"],
    ]);
    expect(ranges).toEqual([
      ["change.create", 1, 100],
      ["change.create", 101, 150],
      ["change.create", 151, 151],
      ["change.pin", 152, 152],
    ]);
  });

  it("is sent for what was asked for and for nothing that was before", async () => {
    const memory = await here.remember("before");
    await hook(["change.pin"]);
    await here.owner.patch(`/memories/${memory.id}`, { tags: ["x"] });
    await here.owner.patch(`/memories/${memory.id}`, { pinned: true });
    await deliver();
    expect(received.map(({ message }) => message.type)).toEqual(["change.pin"]);
  });

  it("tells of cycles", async () => {
    await hook(["cycle.*"]);
    await here.remember("something to look at");
    const { cycle } = (await here.owner.post("/cycles", {})).as("cycles.run");
    await vi.waitFor(async () => {
      const found = (await here.owner.get(`/cycles/${cycle.id}`)).as("cycles.get").cycle;
      expect(found.state).not.toBe("running");
    }, 20_000);
    await deliver();
    expect(received.map(({ message }) => [message.type, message.data["cycleId"]])).toEqual([
      ["cycle.running", cycle.id],
      ["cycle.applied", cycle.id],
    ]);
  });
});

describe("a proposal that waits for a person", () => {
  it("is told of once, with what kind it is and until when, and without its words", async () => {
    await hook(["proposal.waiting"]);
    const memory = await here.remember("The gate code is 1111");
    for (let i = 0; i < 14; i += 1)
      await here.owner.post("/signals", { memories: [{ memoryId: memory.id, verdict: "harmful" }] });
    await here.owner.patch("/parameters/cycle.auto.quarantine", { value: 1.01 });
    const { cycle } = (await here.owner.post("/cycles", {})).as("cycles.run");
    const proposal = only(cycle.proposals);
    await deliver();
    expect(only(received).message).toMatchObject({
      type: "proposal.waiting",
      data: { proposalId: proposal.id, cycleId: cycle.id, kind: "quarantine", risk: proposal.risk },
    });
    expect(only(received).body).not.toContain("gate code");
  });
});

describe("a receiver that fails", () => {
  it("is asked again after growing waits, with the same id, and what comes later waits its turn", async () => {
    const { webhook } = await hook();
    await here.remember("first");
    await here.remember("second");
    statuses = [500, 503];
    await deliver();
    await deliver();
    expect(received).toHaveLength(1);
    now += DELIVERY.firstRetryMs;
    await deliver();
    now += DELIVERY.firstRetryMs;
    await deliver();
    expect(received).toHaveLength(2);
    now += DELIVERY.firstRetryMs * 2;
    await deliver();
    expect(received.map(({ message }) => message.data["toSeq"])).toEqual([1, 1, 1, 2]);
    expect(new Set(received.map(({ headers }) => headers.get("webhook-id"))).size).toBe(2);
    const [second, first] = await log(webhook.id);
    expect(first?.attempts.map(({ status }) => status)).toEqual([500, 503, 204]);
    expect(second?.attempts.map(({ status }) => status)).toEqual([204]);
  });

  it("is switched off after so many attempts, with the reason, and gets all that waited when it is switched on", async () => {
    const { webhook } = await hook();
    await here.remember("first");
    statuses = [500, 500, 500];
    const options = { ...QUICK, attempts: 3 };
    for (let tried = 0; tried < 5; tried += 1) {
      await deliver(options);
      now += DELIVERY.longestRetryMs;
    }
    expect(received).toHaveLength(3);
    expect(await stateOf(webhook.id)).toMatchObject({
      enabled: false,
      waiting: 1,
      trouble: expect.stringContaining("status 500"),
    });
    await here.remember("while it was off");
    await here.owner.patch(`/webhooks/${webhook.id}`, { enabled: true });
    await deliver(options);
    expect(received.slice(3).map(({ message }) => message.data["toSeq"])).toEqual([1, 2]);
    expect(await stateOf(webhook.id)).toMatchObject({ enabled: true, waiting: 0, trouble: null });
  });

  it("that answers 410 is switched off at once, and one that cannot be reached holds up no other", async () => {
    const gone = (await here.owner.post("/webhooks", { url: "http://127.0.0.1:9/" })).as(
      "webhooks.create",
    ).webhook;
    const { webhook } = await hook();
    await here.remember("first");
    statuses = [410];
    await deliver();
    expect(await stateOf(webhook.id)).toMatchObject({
      enabled: false,
      trouble: expect.stringContaining("410"),
    });
    expect(only(await log(gone.id)).attempts).toMatchObject([
      { status: null, error: expect.stringContaining("ECONNREFUSED") },
    ]);
  });
});

describe("a server that restarts", () => {
  it("sends what waited, and two that run at once send each message once", async () => {
    await hook();
    for (let n = 0; n < 5; n += 1) await here.remember(`note ${n}`);
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    expect(received.map(({ message }) => message.data["toSeq"])).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a secret", () => {
  it("is shown once, kept sealed, and opens with the key file alone, in its own place alone", async () => {
    const { secret, webhook } = await hook();
    expect(secret).toMatch(/^whsec_/u);
    expect(JSON.stringify(await stateOf(webhook.id))).not.toContain("whsec_");
    expect(await columnsHolding(here.workspace.workspaceId, secret)).toEqual([]);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    const sealed = await seal("a secret", "here");
    expect(await unseal(sealed, "here")).toBe("a secret");
    await expect(unseal(sealed, "there")).rejects.toThrow();
    const bent = sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte));
    await expect(unseal(bent, "here")).rejects.toThrow();
  });

  it("that no longer opens is said to be so, and a new one is made", async () => {
    const { secret, webhook } = await hook();
    const key = await readFile(keyFile());
    await writeFile(keyFile(), Buffer.alloc(32, 1).toString("base64"));
    try {
      await here.remember("first");
      await deliver();
      expect(only(await log(webhook.id)).attempts[0]?.error).toContain("rotateSecret");
    } finally {
      await writeFile(keyFile(), key);
    }
    const rotated = (await here.owner.patch(`/webhooks/${webhook.id}`, { rotateSecret: true })).as(
      "webhooks.update",
    );
    expect(rotated.secret).toMatch(/^whsec_/u);
    expect(rotated.secret).not.toBe(secret);
    await deliver();
    expect(received).toHaveLength(1);
  });
});

describe("the test button", () => {
  it("sends one message past what waits, says what came of it, and does not try again", async () => {
    const { webhook } = await hook();
    statuses = [500, 200];
    const failed = (await here.owner.post(`/webhooks/${webhook.id}/test`, {})).as("webhooks.test").delivery;
    expect(failed).toMatchObject({ event: "webhook.test", state: "failed", attempts: [{ status: 500 }] });
    const well = (await here.owner.post(`/webhooks/${webhook.id}/test`, {})).as("webhooks.test").delivery;
    expect(well).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
    await deliver();
    expect(received).toHaveLength(2);
  });
});

describe("a URL", () => {
  const refused = async (url: string) =>
    (await here.owner.post("/webhooks", { url })).problem("invalid_input");

  it.each([
    "http://169.254.169.254/latest",
    "https://10.0.0.1/",
    "https://[fd00:ec2::254]/",
    "http://192.168.0.1/",
    "http://8.8.8.8/",
    "ftp://example.org/",
    "https://user:word@8.8.8.8/",
  ])("%s is refused", async (url) => {
    await refused(url);
  });

  it("to this machine is refused on a server that others can reach, also for a webhook made before", async () => {
    const { webhook } = await hook();
    await here.remember("first");
    vi.stubEnv("HOST", "0.0.0.0");
    await refused(`${receiver.address}/hook`);
    await deliver();
    expect(received).toEqual([]);
    expect(only(await log(webhook.id)).attempts[0]?.error).toContain("not an address");
  });

  it("whose name turns to this machine after it was accepted is not connected to", async () => {
    vi.stubEnv("HOST", "0.0.0.0");
    const port = new URL(receiver.address).port;
    const url = `https://rebinding.invalid:${port}/`;
    const { webhook } = (await here.owner.post("/webhooks", { url })).as("webhooks.create");
    await here.remember("first");
    const resolve: Resolve = (_name, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]);
    await deliver({ ...QUICK, resolve });
    expect(received).toEqual([]);
    expect(only(await log(webhook.id)).attempts[0]?.error).toContain("not an address");
  });
});

describe("the log", () => {
  it("is read page by page, newest first, and goes with its webhook", async () => {
    const { webhook } = await hook();
    for (let n = 0; n < 3; n += 1) await here.remember(`note ${n}`);
    await deliver();
    const first = (await here.owner.get(`/webhooks/${webhook.id}/deliveries?limit=2`)).as(
      "webhooks.deliveries",
    );
    const next = (
      await here.owner.get(`/webhooks/${webhook.id}/deliveries?limit=2&cursor=${first.nextCursor}`)
    ).as("webhooks.deliveries");
    expect([...first.items, ...next.items].map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(next.nextCursor).toBeNull();
    (await here.owner.delete(`/webhooks/${webhook.id}`)).as("webhooks.delete");
    (await here.owner.get(`/webhooks/${webhook.id}/deliveries`)).problem("not_found");
  });
});

// The last, because from here on it sends beside the tests.
describe("a server", () => {
  it("looks by itself, and is woken by what is written", async () => {
    await hook();
    keepWebhooks();
    await here.remember("by itself");
    const mine = () => received.filter(({ message }) => message.workspaceId === here.workspace.workspaceId);
    await vi.waitFor(() => expect(mine()).toHaveLength(1), 10_000);
  });
});
