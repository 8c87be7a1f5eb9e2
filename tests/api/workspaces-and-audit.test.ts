/** Several workspaces and who may enter which; and what is noted of who came and what was refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { AUDIT } from "@/lib/commands/audit";
import { prisma } from "@/lib/store/prisma";
import { pruneAccessEvents } from "@/lib/store/access-events";
import { mcpResponse } from "@/lib/transport/mcp";
import { mem0Response } from "@/lib/transport/mem0/respond";
import { millis } from "@/lib/domain/ids";
import { POST as startSession } from "@/app/api/session/route";
import { insertLoginToken } from "@/lib/store/access";
import { browser, browserRequest, cookieIn, personIn } from "../support/person";
import { ownDatabase } from "../support/own-database";
import { HOST, rest } from "../support/rest";
import { only, tenant, type Tenant } from "../support/tenant";

let here: Tenant;
let there: Tenant;
let dropDatabase: () => Promise<void>;
// A database of its own, because some of it is about every workspace that there is.
beforeAll(async () => {
  dropDatabase = await ownDatabase("workspaces");
});
afterAll(() => dropDatabase());
beforeEach(async () => {
  [here, there] = [await tenant(), await tenant()];
});
const idOf = ({ workspace }: Tenant) => workspace.workspaceId;

/** Ann, an owner here, and a curator there. */
async function inBoth() {
  const ann = await personIn(here, "owner");
  await prisma().member.create({
    data: {
      workspaceId: idOf(there),
      personId: ann.id,
      role: "curator",
      addedAt: new Date(),
      addedBy: "person:owner",
    },
  });
  return ann;
}

describe("a person in two workspaces", () => {
  it("sees both, each with their role, and works where they went", async () => {
    const ann = await inBoth();
    const { items, mayMake } = (await ann.rest.get("/workspaces")).as("workspaces.list");
    expect(items.map(({ id, role, isCurrent }) => [id, role, isCurrent])).toEqual([
      [idOf(here), "owner", true],
      [idOf(there), "curator", false],
    ]);
    expect(mayMake).toBe(false);
    (await ann.rest.post("/workspaces", { name: "mine" })).problem("forbidden");
    await there.remember("a thing of there");
    (await ann.rest.post(`/workspaces/${idOf(there)}/enter`, {})).as("workspaces.enter");
    const session = (await ann.rest.get("/session")).as("sessions.get");
    expect(session).toMatchObject({ workspace: { id: idOf(there) } });
    expect(session.scopes).not.toContain("admin");
    expect((await ann.rest.get("/memories")).as("memories.list").items).toHaveLength(1);
    (await ann.rest.patch(`/workspaces/${idOf(there)}`, { name: "x" })).problem("forbidden");
  });

  it("is moved on when they are taken out of the one they are in", async () => {
    const ann = await inBoth();
    await personIn(here, "owner");
    await ann.rest.post(`/workspaces/${idOf(there)}/enter`, {});
    await prisma().member.delete({
      where: { workspaceId_personId: { workspaceId: idOf(there), personId: ann.id } },
    });
    expect((await ann.rest.get("/session")).as("sessions.get").workspace.id).toBe(idOf(here));
  });
});

describe("a workspace that is put away", () => {
  it("refuses its keys and its people until an owner opens it again, and keeps everything", async () => {
    const ann = await inBoth();
    const bo = await personIn(there, "viewer");
    await there.remember("kept");
    (await there.owner.patch(`/workspaces/${idOf(there)}`, { archived: true })).as("workspaces.update");
    const { detail } = (await there.owner.get("/memories")).problem("unauthenticated");
    expect(detail).toContain("put away");
    (await bo.rest.get("/session")).problem("unauthenticated");
    (await ann.rest.post(`/workspaces/${idOf(there)}/enter`, {})).problem("conflict");
    await prisma().member.updateMany({
      where: { workspaceId: idOf(there), personId: ann.id },
      data: { role: "owner" },
    });
    (await ann.rest.patch(`/workspaces/${idOf(there)}`, { archived: false })).as("workspaces.update");
    expect((await there.owner.get("/memories")).as("memories.list").items).toHaveLength(1);
    expect(await there.head()).toMatchObject({ seq: 1 });
  });

  it("is never the last one", async () => {
    const open = await prisma().workspace.findMany({ where: { archivedAt: null, id: { not: idOf(here) } } });
    const ids = open.map(({ id }) => id);
    await prisma().workspace.updateMany({ where: { id: { in: ids } }, data: { archivedAt: new Date() } });
    try {
      (await here.owner.patch(`/workspaces/${idOf(here)}`, { archived: true })).problem("conflict");
    } finally {
      await prisma().workspace.updateMany({ where: { id: { in: ids } }, data: { archivedAt: null } });
    }
  });
});

describe("whoever runs the server", () => {
  it("comes by the link, needs no password, sees every workspace and makes further ones", async () => {
    const token = await insertLoginToken(idOf(here), millis(Date.now() + 60_000));
    const answer = await startSession(browserRequest("POST", "/api/session", { body: { token } }));
    const operator = browser(cookieIn(answer));
    const ids = (await operator.get("/workspaces")).as("workspaces.list").items.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([idOf(here), idOf(there)]));
    const made = (await operator.post("/workspaces", { name: "further" })).as("workspaces.create");
    (await operator.post(`/workspaces/${made.workspace.id}/enter`, {})).as("workspaces.enter");
    expect((await operator.get("/session")).as("sessions.get").workspace.name).toBe("further");
  });
});

describe("the audit", () => {
  const eventsOf = async (by = here, query = "") =>
    (await by.owner.get(`/audit${query}`)).as("audit.list").items;

  it("says who came, from where and how, and what they were refused", async () => {
    const vera = await personIn(here, "viewer");
    const from = { "x-forwarded-for": "192.0.2.44" };
    await vera.rest.post("/memories", { content: "x" }, from);
    const [denied] = await eventsOf(here, "?kinds=denied");
    expect(denied).toMatchObject({
      actor: { id: `person:${vera.id}`, name: "The viewer" },
      operation: "memories.create",
      detail: "needs write",
      address: "192.0.2.44",
      isOfWorkspace: true,
    });
    expect((await eventsOf(here, "?kinds=signedIn"))[0]).toMatchObject({
      actor: { name: "The viewer" },
      agent: "a browser in a test",
    });
  });

  it("counts the same refusal again in one row, on every entrance", async () => {
    const key = await here.keyWith(["feedback"]);
    for (let asked = 0; asked < 3; asked += 1) (await key.get("/memories")).problem("forbidden");
    expect(only(await eventsOf(here, "?kinds=denied"))).toMatchObject({ times: 3 });
    const secret = (await here.owner.post("/keys", { name: "narrow", scopes: ["feedback"] })).as(
      "keys.create",
    ).secret;
    const head = { host: HOST, authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const listed = await mem0Response(
      new Request(`http://${HOST}/api/compat/mem0/v1/memories/?user_id=u`, { headers: head }),
    );
    expect(listed.status).toBe(403);
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "list_memories", arguments: {} },
    });
    await mcpResponse(
      new Request(`http://${HOST}/api/mcp`, {
        method: "POST",
        headers: { ...head, accept: "application/json, text/event-stream" },
        body,
      }),
    ).then((answer) => answer.text());
    expect(
      (await eventsOf(here, "?kinds=denied")).filter(({ actor }) => actor?.name === "narrow"),
    ).not.toEqual([]);
  });

  it("is of one workspace, and what belongs to none is seen by whoever runs the server alone", async () => {
    const address = "192.0.2.77";
    await rest("pal_key_of_nobody").get("/memories", { "x-forwarded-for": address });
    const made = (await here.owner.post("/workspaces", { name: "w" })).as("workspaces.create");
    const tenantsOwner = rest(made.secret);
    const items = (await tenantsOwner.get("/audit")).as("audit.list").items;
    expect(items.map(({ kind }) => kind)).toEqual(["workspaceMade"]);
    const all = await eventsOf(here, "?kinds=unknownCredential&limit=200");
    const found = all.find((event) => event.address === address);
    expect(found).toMatchObject({ actor: null, operation: "GET /api/v1/memories", isOfWorkspace: false });
    expect(JSON.stringify(all)).not.toContain("pal_key_of_nobody");
  });

  it("pages from the newest to the oldest without a gap", async () => {
    for (const name of ["a", "b", "c", "d", "e"]) await here.owner.post("/keys", { name, scopes: ["read"] });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const answer = (await here.owner.get(`/audit?kinds=keyMade&limit=2${page}`)).as("audit.list");
      seen.push(...answer.items.map(({ detail }) => detail?.slice(0, 1) ?? ""));
      cursor = answer.nextCursor;
    }
    expect(seen).toEqual(["e", "d", "c", "b", "a"]);
  });

  it("keeps the newest and nothing that is too old", async () => {
    await here.owner.post("/keys", { name: "new", scopes: ["read"] });
    const all = await prisma().accessEvent.count();
    await prisma().accessEvent.updateMany({
      where: { workspaceId: idOf(here) },
      data: { at: new Date(Date.now() - (AUDIT.days + 1) * 86_400_000) },
    });
    await pruneAccessEvents(AUDIT.most, millis(Date.now() - AUDIT.days * 86_400_000));
    const own = async () => (await eventsOf()).filter(({ isOfWorkspace }) => isOfWorkspace);
    expect(await own()).toEqual([]);
    expect(await prisma().accessEvent.count()).toBeLessThan(all);
    await here.owner.post("/keys", { name: "one", scopes: ["read"] });
    await here.owner.post("/keys", { name: "two", scopes: ["read"] });
    await pruneAccessEvents(1, millis(0));
    expect(only(await own()).detail).toContain("two");
  });
});

describe("the models", () => {
  it("are listed with what decides them and no key, and asked for a proof that they answer", async () => {
    const { items } = (await here.owner.get("/models")).as("models.list");
    expect(items.map(({ role, place }) => [role, place])).toEqual([
      ["embedding", "inProcess"],
      ["extraction", "inProcess"],
    ]);
    for (const role of ["embedding", "extraction"]) {
      const tested = (await here.owner.post(`/models/${role}/test`, {})).as("models.test");
      expect(tested).toMatchObject({ ok: true, error: null });
    }
    (await here.owner.post("/models/nonsense/test", {})).problem("not_found");
  });
});
