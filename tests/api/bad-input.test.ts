/** What is no good is refused by a problem document that names the place, and leaves the ledger as it was. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { startSession } from "@/lib/commands/session";
import type { MemoryOut } from "@/lib/contracts/memory";
import { millis } from "@/lib/domain/ids";
import { CONSTANTS } from "@/lib/domain/parameters";
import { POST as signIn } from "@/app/api/session/route";
import { HOST, rest, toAnswer, type Answer } from "../support/rest";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
let known: MemoryOut;
let before: number;
beforeAll(async () => {
  t = await tenant();
  known = await t.remember("known");
});

const seqNow = async () => (await t.recall("anything", { dryRun: true })).seq;
beforeEach(async () => {
  before = await seqNow();
});
afterEach(async () => {
  expect(await seqNow()).toBe(before);
});

/** A refusal that tells where the fault is. */
function refusedAt(answer: Answer, path: string | RegExp): void {
  const found = answer.problem("invalid_input");
  const paths = found.errors.map((e) => e.path);
  expect(
    paths.some((p) => (typeof path === "string" ? p === path : path.test(p))),
    JSON.stringify(paths),
  ).toBe(true);
  expect(found.errors.every((e) => e.message !== "")).toBe(true);
  expect(found.requestId).toBe(answer.headers.get("x-request-id"));
}

const limit = CONSTANTS.maxContentBytes;

describe("a memory's text", () => {
  it.each([
    ["empty", ""],
    ["blank", " \n\t\u00a0"],
    ["too long", "x".repeat(limit + 1)],
    ["too long in bytes though not in letters", "ü".repeat(limit / 2 + 1)],
    ["with a NUL", "binary\u0000data"],
    ["with half of a surrogate pair", "half \ud83d of an emoji"],
    ["a number", 7],
    ["null", null],
    ["a list", ["text"]],
  ])("that is %s is refused by its name", async (_what, content) => {
    refusedAt(await t.owner.post("/memories", { content }), "content");
    refusedAt(await t.owner.patch(`/memories/${known.id}`, { content }), "content");
  });

  it("that is missing is refused by its name", async () => {
    refusedAt(await t.owner.post("/memories", { tags: ["x"] }), "content");
  });
});

describe("text that no database can keep", () => {
  it.each([
    ["tags.0", { tags: ["a\u0000b"] }],
    ["tags.0", { tags: ["\udc00"] }],
    ["metadata.deep.0", { metadata: { deep: ["\u0000"] } }],
    ["metadata", { metadata: { "na\u0000me": 1 } }],
    ["scope.userId", { scope: { userId: "u\u0000" } }],
    ["source.speaker", { source: { speaker: "\ud800x" } }],
    ["source.channel", { source: { channel: "\u0000" } }],
  ])("is refused at %s of a new memory", async (path, more) => {
    refusedAt(await t.owner.post("/memories", { content: "x", ...more }), path);
  });

  it("is refused in every other operation as well", async () => {
    const nul = "a\u0000b";
    const calls: [string, Promise<Answer>][] = [
      ["reason", t.owner.patch(`/memories/${known.id}`, { pinned: true, reason: nul })],
      ["reason", t.owner.delete(`/memories/${known.id}?reason=${encodeURIComponent(nul)}`)],
      [
        "source",
        t.owner.post("/signals", { memories: [{ memoryId: known.id, verdict: "helpful" }], source: nul }),
      ],
      [
        "response",
        t.owner.post("/signals", { memories: [{ memoryId: known.id, verdict: "helpful" }], response: nul }),
      ],
      ["query", t.owner.post("/recall", { query: nul })],
      ["value", t.owner.post("/memories/bulk", { ids: [known.id], action: "addTag", value: nul })],
      ["q", t.owner.post("/memories/bulk", { q: nul, action: "pin" })],
      ["q", t.owner.get(`/memories?q=${encodeURIComponent(nul)}`)],
      ["q", t.owner.get(`/changes?q=${encodeURIComponent(nul)}`)],
      ["select.source", t.owner.post("/reverts", { select: { source: nul } })],
      ["content", t.owner.post("/merges", { sources: [known.id, "x"], content: nul })],
      ["reason", t.owner.patch("/parameters/recall.weight.utility", { value: 1, reason: nul })],
      ["name", t.owner.post("/keys", { name: nul, scopes: ["read"] })],
      ["name", t.owner.post("/workspaces", { name: nul })],
    ];
    for (const [path, call] of calls) refusedAt(await call, path);
  });
});

describe("text of every script", () => {
  it.each([
    ["right to left with overrides", "safe \u202egnp.exe\u202c שלום \u2067مرحبا\u2069"],
    ["joined and combined", "e\u0301 👩‍👩‍👧‍👦 \ufeffx\u200b 𝒳"],
    ["markup and quotes", `<script>alert("1")</script> '; DROP TABLE "Memory"; -- \\u0000 $1 %s`],
    ["exactly as long as allowed", "ü".repeat(limit / 2)],
  ])("%s is kept as it is, letter for letter", async (_what, content) => {
    const memory = await t.remember(content, { tags: [content.slice(0, 90)] });
    expect(await t.read(memory.id)).toMatchObject({ content, tags: [content.slice(0, 90)] });
    before += 1;
  });
});

describe("a body", () => {
  it.each([
    ["cut off", '{"content": "x"'],
    ["no JSON", "content=x"],
    ["with a trailing comma", '{"content":"x",}'],
    ["empty", ""],
    ["blank", "  "],
  ])("that is %s is refused", async (_what, body) => {
    refusedAt(await t.owner.call("POST", "/memories", { body }), "");
  });

  it.each([
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"x"'],
    ["a number", "1"],
  ])("that is %s is refused", async (_what, body) => {
    refusedAt(await t.owner.post("/memories", body), "");
  });

  it("that is missing is refused", async () => {
    refusedAt(await t.owner.call("POST", "/memories"), "");
  });

  it("that is not UTF-8 is refused", async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"content":"'), 0xc3, 0x28, 0x22, 0x7d]);
    refusedAt(await t.owner.post("/memories", bytes), "");
  });

  it("that is too large is refused, whether or not it says so", async () => {
    const body = JSON.stringify({ content: "x", metadata: { a: "y".repeat(CONSTANTS.maxBodyBytes) } });
    (await t.owner.post("/memories", body)).problem("too_large");
    (await t.owner.post("/memories", body, { "content-length": "10" })).problem("too_large");
    (await t.owner.post("/memories", { content: "x" }, { "content-length": String(10 ** 9) })).problem(
      "too_large",
    );
  });

  it("with unknown fields is refused, naming them", async () => {
    for (const [path, body] of [
      ["/memories", { content: "x", confidence: 1 }],
      ["/recall", { query: "x", k: 3 }],
    ] as const) {
      const found = (await t.owner.post(path, body)).problem("invalid_input");
      expect(found.errors[0]?.message).toMatch(/unknown field "(confidence|k)"/u);
    }
    refusedAt(await t.owner.post("/memories", { content: "x", scope: { tenant: "y" } }), "scope");
    expect((await t.owner.get("/memories?colour=red")).problem("invalid_input").detail).toContain("colour");
  });

  it("names every fault at once", async () => {
    const found = (
      await t.owner.post("/memories", { content: "", kind: "rumour", tags: [""], validAt: "soon" })
    ).problem("invalid_input");
    expect(found.errors.map((e) => e.path).sort()).toEqual(
      expect.arrayContaining(["content", "kind", "tags.0", "validAt"]),
    );
  });

  it.each([
    ["metadata that is too large", { metadata: { a: "ü".repeat(limit / 2) } }, "metadata"],
    ["too many tags", { tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }, "tags"],
    ["a time that is none", { validAt: "2026-02-30" }, "validAt"],
    ["an end that is none", { invalidAt: 12 }, "invalidAt"],
  ])("with %s is refused by its name", async (_what, more, path) => {
    refusedAt(await t.owner.post("/memories", { content: "x", ...more }), path);
  });
});

describe("unknown ids", () => {
  it.each([
    ["of another form", "not-a-uuid"],
    ["of the right form", "01990000-0000-7000-8000-0000000000ff"],
    ["with odd letters", "%00%27%22"],
    ["very long", "x".repeat(3000)],
  ])("%s are unknown everywhere", async (_what, id) => {
    const plain = decodeURIComponent(id);
    const calls = [
      t.owner.get(`/memories/${id}`),
      t.owner.get(`/memories/${id}/history`),
      t.owner.get(`/memories/${id}/confidence`),
      t.owner.get(`/changes/${id}`),
      t.owner.get(`/retrievals/${id}`),
      t.owner.patch(`/memories/${id}`, { pinned: true }),
      t.owner.delete(`/memories/${id}`),
      t.owner.delete(`/keys/${id}`),
    ];
    for (const answer of await Promise.all(calls)) expect([404, 400], answer.text).toContain(answer.status);
    const short = plain.length <= 128 && !plain.includes("\u0000");
    const inBody = await t.owner.post("/reverts", { changeIds: [plain] });
    inBody.problem(short ? "not_found" : "invalid_input");
  });
});

describe("another host or origin", () => {
  it.each(["evil.example", "localhost.evil.example:3000", "127.0.0.1.evil.example"])(
    "%s is not served here",
    async (host) => {
      (await t.owner.post("/memories", { content: "x" }, { host })).problem("misdirected");
      (await rest(null).get("/session", { host })).problem("misdirected");
    },
  );

  it.each(["localhost:3000", "127.0.0.1", "[::1]:8080", "LOCALHOST"])("%s is this machine", async (host) => {
    expect((await t.owner.get("/session", { host })).as("sessions.get").workspace.id).toBe(
      t.workspace.workspaceId,
    );
  });

  it("may not write with the browser's session, but may read, and our own page may write", async () => {
    const { secret } = await startSession({ key: t.workspace.secrets.owner }, millis(Date.now()), {
      address: null,
      agent: null,
    });
    const cookie = { cookie: `palimpsest_session=${secret}` };
    const browser = rest(null);
    for (const origin of [
      "https://evil.example",
      "null",
      "http://127.0.0.1:4000",
      "http://localhost:3000",
      "nonsense",
    ]) {
      for (const method of ["POST", "DELETE"]) {
        const path = method === "POST" ? "/memories" : `/memories/${known.id}`;
        const body = method === "POST" ? { body: { content: "from elsewhere" } } : {};
        const answer = await browser.call(method, path, { ...body, headers: { ...cookie, origin } });
        answer.problem("forbidden");
      }
    }
    const own = { ...cookie, origin: `http://${HOST}` };
    expect(
      (await browser.post("/recall", { query: "x", dryRun: true }, own)).as("recall").retrievalId,
    ).toBeNull();
    expect((await browser.get("/session", cookie)).as("sessions.get").actor).toMatch(/^key:/u);
  });

  it("cannot sign in, and a wrong secret signs nobody in", async () => {
    const post = async (body: string, headers: Record<string, string> = {}) => {
      const request = new Request(`http://${HOST}/api/session`, {
        method: "POST",
        body,
        headers: { host: HOST, ...headers },
      });
      return toAnswer(await signIn(request));
    };
    (await post(JSON.stringify({ key: t.workspace.secrets.owner }), { host: "evil.example" })).problem(
      "misdirected",
    );
    (await post('{"key":"wrong"}')).problem("unauthenticated");
    (await post('{"token":"wrong"}')).problem("unauthenticated");
    (await post("{}")).problem("invalid_input");
    (await post("{")).problem("invalid_input");
    const signed = await post(JSON.stringify({ key: t.workspace.secrets.owner }));
    expect(signed.headers.get("set-cookie")).toMatch(
      /^palimpsest_session=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/u,
    );
  });
});

describe("a key", () => {
  it("that was revoked, or has expired, opens nothing from then on", async () => {
    const made = (
      await t.owner.post("/keys", {
        name: "short",
        scopes: ["read"],
        expiresAt: new Date(Date.now() + 400).toISOString(),
      })
    ).as("keys.create");
    const other = (await t.owner.post("/keys", { name: "revoked", scopes: ["read"] })).as("keys.create");
    expect((await rest(other.secret).get("/session")).status).toBe(200);
    (await t.owner.delete(`/keys/${other.key.id}`)).as("keys.revoke");
    (await rest(other.secret).get("/session")).problem("unauthenticated");
    await new Promise((resolve) => setTimeout(resolve, 500));
    (await rest(made.secret).get("/session")).problem("unauthenticated");
  });

  it("hands on no more than it has", async () => {
    const admin = await t.keyWith(["admin", "read"], "ordinary");
    const trust = (await admin.post("/keys", { name: "x", scopes: ["read"], trust: "owner" })).problem(
      "forbidden",
    );
    expect(only(trust.errors).path).toBe("trust");
    const scopes = (await admin.post("/keys", { name: "x", scopes: ["write"] })).problem("forbidden");
    expect(only(scopes.errors).path).toBe("scopes");
    (await admin.post("/workspaces", { name: "x" })).problem("forbidden");
  });

  it("is never shown again, and nothing of it is kept but a hash", async () => {
    const made = (await t.owner.post("/keys", { name: "hidden", scopes: ["read"] })).as("keys.create");
    expect((await t.owner.get("/keys")).text).not.toContain(made.secret);
  });
});
