/** That every operation refuses whom it has to refuse. The cases are made from the table, so a new row is tested too. */
import { beforeAll, describe, expect, it } from "vitest";

import { ROLE_SCOPES, ROLES, SCOPES, type Role } from "@/lib/domain/access";
import { OPERATION_IDS, operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { personIn, type Person } from "../support/person";
import { rest, type Rest } from "../support/rest";
import { tenant, type Tenant } from "../support/tenant";

const NOWHERE = "01990000-0000-7000-8000-0000000000ff";
const all = OPERATION_IDS.filter((id) => id !== "openapi");
const rowOf = (id: OperationId): Operation => operations[id];

/** What a foreign workspace holds; the caller must not be able to tell that it exists. */
interface Foreign {
  readonly memory: string;
  readonly other: string;
  readonly change: string;
  readonly group: string;
  readonly retrieval: string;
  readonly key: string;
  readonly cycle: string;
  readonly webhook: string;
  readonly testQuestion: string;
  readonly workspace: string;
  readonly person: string;
  readonly invitation: string;
  readonly session: string;
}

let here: Tenant;
let there: Tenant;
let foreign: Foreign;
let people: Record<Role, Person>;

beforeAll(async () => {
  [here, there] = [await tenant(), await tenant()];
  const made = (await there.owner.post("/memories", { content: "a secret of theirs" })).as("memories.create");
  const other = await there.remember("another one");
  const { retrievalId } = await there.recall("secret");
  const keys = (await there.owner.get("/keys")).as("keys.list").items;
  const stranger = await personIn(there, "owner");
  const invited = await there.owner.post("/invitations", { note: "somebody", role: "viewer" });
  people = {
    viewer: await personIn(here, "viewer"),
    curator: await personIn(here, "curator"),
    owner: await personIn(here, "owner"),
  };
  foreign = {
    memory: made.memory.id,
    other: other.id,
    change: made.changes[0]?.id ?? "",
    group: made.groupId ?? "",
    retrieval: retrievalId ?? "",
    key: keys[0]?.id ?? "",
    cycle: (await there.owner.post("/cycles", { dryRun: true })).as("cycles.run").cycle.id,
    webhook: (await there.owner.post("/webhooks", { url: "http://127.0.0.1:9/" })).as("webhooks.create")
      .webhook.id,
    testQuestion: (await there.owner.post("/test-questions", { query: "x", grades: [] })).as(
      "testQuestions.save",
    ).question.id,
    workspace: there.workspace.workspaceId,
    person: stranger.id,
    invitation: invited.as("people.invite").invitation.id,
    session: (await stranger.rest.get("/sessions")).as("sessions.list").items[0]?.id ?? "",
  };
});

/** Bodies that are in order, so that nothing but the tested refusal can be the answer. */
const bodies = (ids: Foreign): Partial<Record<OperationId, object>> => ({
  "memories.create": { content: "x" },
  "memories.createMany": { items: [{ content: "x" }] },
  "memories.updateMany": { items: [{ id: ids.memory, pinned: true }] },
  "memories.bulk": { ids: [ids.memory], action: "archive" },
  "memories.update": { pinned: true },
  "memories.purge": { confirm: ids.memory },
  recall: { query: "x" },
  "signals.create": { memories: [{ memoryId: ids.memory, verdict: "helpful" }] },
  "testQuestions.save": { query: "x", grades: [{ memoryId: ids.memory, grade: 1 }] },
  "reverts.create": { changeIds: [ids.change] },
  "reverts.start": { changeIds: [ids.change] },
  "merges.create": { sources: [ids.memory, ids.other] },
  "cycles.run": { dryRun: true },
  "cycles.cancel": {},
  "proposals.decide": { decline: [ids.memory] },
  "parameters.set": { value: 1 },
  "import.create": { content: "x" },
  "entities.create": { name: "x" },
  "entities.update": { name: "x" },
  "entities.merge": { sources: [ids.memory], into: ids.other },
  "relations.create": { from: ids.memory, to: ids.other, type: "x" },
  "relations.update": { verdict: "right" },
  "keys.create": { name: "x", scopes: ["read"] },
  "webhooks.create": { url: "http://127.0.0.1:9/" },
  "webhooks.update": { name: "x" },
  "webhooks.test": {},
  "models.test": {},
  "webhooks.redeliver": { deliveryId: ids.memory },
  "workspaces.create": { name: "x" },
  "workspaces.update": { name: "x" },
  "workspaces.enter": {},
  "people.update": { role: "viewer" },
  "people.invite": { note: "x", role: "viewer" },
  "people.resetPassword": {},
});

/** Whose id stands in a path. */
const inPath = (id: OperationId, ids: Foreign): string => {
  if (id.startsWith("changes.")) return ids.change;
  if (id.startsWith("retrievals.")) return ids.retrieval;
  if (id.startsWith("cycles.") || id.startsWith("proposals.")) return ids.cycle;
  if (id.startsWith("webhooks.")) return ids.webhook;
  if (id.startsWith("testQuestions.")) return ids.testQuestion;
  if (id.startsWith("workspaces.")) return ids.workspace;
  if (id.startsWith("sessions.")) return ids.session;
  if (id === "people.withdraw") return ids.invitation;
  if (id.startsWith("people.")) return ids.person;
  return id.startsWith("keys.") ? ids.key : ids.memory;
};

function call(by: Rest, id: OperationId, ids: Foreign) {
  const { method, path } = rowOf(id);
  const filled = path
    .replace("{id}", inPath(id, ids))
    .replace("{name}", "recall.weight.utility")
    .replace("{role}", "extraction");
  const body = bodies(ids)[id];
  const asked = id === "retrievals.explain" ? `?memory=${ids.memory}` : "";
  return by.call(method, `${filled}${asked}`, body === undefined ? {} : { body });
}

/** Operations that take an id, in the path or in the body; a bulk action selects, and what is not there is not selected. */
const named: readonly OperationId[] = [
  ...all.filter((id) => rowOf(id).path.includes("{id}")),
  "memories.updateMany",
  "signals.create",
  "testQuestions.save",
  "reverts.create",
  "merges.create",
  "entities.merge",
  "relations.create",
];

describe("every operation", () => {
  it("has a body in this test when it takes one", () => {
    const takesOne = all.filter((id) => rowOf(id).body !== undefined || rowOf(id).stream === "request");
    expect(Object.keys(bodies(foreign)).sort()).toEqual([...takesOne].sort());
  });

  it.each(all)("%s refuses a caller without a credential", async (id) => {
    const { detail } = (await call(rest(null), id, foreign)).problem("unauthenticated");
    expect(detail).toContain("credential");
  });

  it.each(all)("%s refuses an unknown key", async (id) => {
    (await call(rest("pal_key_unknown"), id, foreign)).problem("unauthenticated");
  });

  it.each(all)("%s refuses a key that has every scope but the one it needs", async (id) => {
    const needed = rowOf(id).scope;
    const lesser = await here.keyWith(SCOPES.filter((scope) => scope !== needed));
    const found = (await call(lesser, id, foreign)).problem("forbidden");
    expect(found.neededScope).toBe(needed);
  });

  describe.each(ROLES)("asked for by a %s", (role) => {
    const beyond = all.filter((id) => !ROLE_SCOPES[role].some((scope) => scope === rowOf(id).scope));
    const within = all.filter((id) => !beyond.includes(id));

    it.runIf(beyond.length > 0).each(beyond)("%s is refused, with whom to ask", async (id) => {
      const found = (await call(people[role].rest, id, foreign)).problem("forbidden");
      expect(found.neededScope).toBe(rowOf(id).scope);
      expect(found.detail).toContain("Settings → People");
    });

    it.each(within.filter((id) => named.includes(id)))(
      "%s knows nothing of another workspace's ids",
      async (id) => {
        (await call(people[role].rest, id, foreign)).problem("not_found");
      },
    );
  });
});

describe("a foreign workspace's ids", () => {
  it.each(named)("are unknown to %s, in the very words of an id that exists nowhere", async (id) => {
    const theirs = (await call(here.owner, id, foreign)).problem("not_found");
    const nowhere: Foreign = {
      memory: NOWHERE,
      other: NOWHERE.replace("ff", "fe"),
      change: NOWHERE,
      group: NOWHERE,
      retrieval: NOWHERE,
      key: NOWHERE,
      cycle: NOWHERE,
      webhook: NOWHERE,
      testQuestion: NOWHERE,
      workspace: NOWHERE,
      person: NOWHERE,
      invitation: NOWHERE,
      session: NOWHERE,
    };
    const unknown = (await call(here.owner, id, nowhere)).problem("not_found");
    const plain = (text: string) => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, "<id>");
    expect(plain(theirs.detail)).toBe(plain(unknown.detail));
  });

  it("are unknown wherever else a body can name one", async () => {
    const mine = await here.remember("mine");
    const bodiesThatName: [string, object][] = [
      ["/reverts", { groupId: foreign.group }],
      ["/signals", { retrievalId: foreign.retrieval, outcome: 1 }],
      ["/merges", { sources: [mine.id, foreign.memory] }],
    ];
    for (const [path, body] of bodiesThatName) (await here.owner.post(path, body)).problem("not_found");
    const superseded = { supersededBy: foreign.memory };
    (await here.owner.patch(`/memories/${mine.id}`, superseded)).problem("not_found");
  });

  it("select nothing in a bulk action, a list or a selection", async () => {
    const bulk = { ids: [foreign.memory], action: "delete" };
    expect((await here.owner.post("/memories/bulk", bulk)).as("memories.bulk")).toMatchObject({ matched: 0 });
    const found = (await here.owner.get(`/changes?target=${foreign.memory}`)).as("changes.list");
    expect(found.items).toEqual([]);
    const reverted = await here.revert({ select: { targetId: foreign.memory } });
    expect(reverted).toMatchObject({ reverted: [], changes: [] });
  });

  it("were touched by none of this", async () => {
    expect(await there.read(foreign.memory)).toMatchObject({ lifecycle: "active", pinned: false });
    expect((await there.head()).seq).toBe(2);
  });
});

describe("the order of the checks", () => {
  it("is the credential, the scope, the shape, the existence, the state", async () => {
    const mine = await here.remember("in order");
    const reader = await here.keyWith(["read"]);
    const bad = { nonsense: 1 };
    (await rest(null).patch(`/memories/${NOWHERE}`, bad)).problem("unauthenticated");
    (await reader.patch(`/memories/${NOWHERE}`, bad)).problem("forbidden");
    (await here.owner.patch(`/memories/${NOWHERE}`, bad)).problem("invalid_input");
    (await here.owner.patch(`/memories/${NOWHERE}`, { pinned: true, expectedSeq: 0 })).problem("not_found");
    (await here.owner.patch(`/memories/${mine.id}`, { pinned: true, expectedSeq: 0 })).problem("conflict");
  });
});
