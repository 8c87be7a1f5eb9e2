/**
 * That every write honours its Idempotency-Key: the same command twice is answered once, another command under the key is
 * refused. The cases are made from the table, so a new row without a sample here fails.
 */
import { beforeAll, describe, expect, it } from "vitest";

import { OPERATION_IDS, operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { inWorkspace } from "@/lib/store/prisma";
import { takesKey } from "@/lib/transport/once";
import { personIn } from "../support/person";
import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;

interface Sample {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object | string;
  /** Another command of the same operation; absent: the same at another place. */
  readonly other?: object | string;
}

type Made = Record<
  | "friend"
  | "town"
  | "relation"
  | "unwanted"
  | "memory"
  | "second"
  | "third"
  | "change"
  | "entity"
  | "key"
  | "webhook"
  | "delivery"
  | "cycle"
  | "testQuestion"
  | "workspace"
  | "person"
  | "invitation",
  string
>;

const json = (value: object): string => `${JSON.stringify(value)}\n`;

const samples = (made: Made): Partial<Record<OperationId, Sample>> => ({
  "memories.create": { body: { content: "said" }, other: { content: "said otherwise" } },
  "memories.createMany": { body: { items: [{ content: "one" }] }, other: { items: [{ content: "two" }] } },
  "memories.updateMany": {
    body: { items: [{ id: made.memory, tags: ["a"] }] },
    other: { items: [{ id: made.memory, tags: ["b"] }] },
  },
  "memories.bulk": {
    body: { ids: [made.memory], action: "pin" },
    other: { ids: [made.memory], action: "unpin" },
  },
  "memories.update": { path: { id: made.memory }, body: { tags: ["c"] }, other: { tags: ["d"] } },
  "memories.delete": { path: { id: made.third } },
  "memories.purge": {
    path: { id: made.third },
    body: { confirm: made.third },
    other: { confirm: "another" },
  },
  "signals.create": {
    body: { memories: [{ memoryId: made.memory, verdict: "helpful" }] },
    other: { memories: [{ memoryId: made.memory, verdict: "harmful" }] },
  },
  "testQuestions.save": {
    body: { query: "q", grades: [{ memoryId: made.memory, grade: 3 }] },
    other: { query: "q", grades: [{ memoryId: made.memory, grade: 2 }] },
  },
  "testQuestions.delete": { path: { id: made.testQuestion } },
  "reverts.create": {
    body: { changeIds: [made.change] },
    other: { changeIds: [made.change], reason: "why" },
  },
  "reverts.start": {
    body: { changeIds: [made.change] },
    other: { changeIds: [made.change], reason: "why" },
  },
  "merges.create": {
    body: { sources: [made.memory, made.second] },
    other: { sources: [made.second, made.memory] },
  },
  "cycles.run": { body: {}, other: { reason: "again" } },
  "cycles.cancel": { path: { id: made.cycle }, body: {}, other: { reason: "again" } },
  "proposals.decide": { path: { id: made.cycle }, body: { decline: [made.memory] } },
  "entities.create": { body: { name: "Zara" }, other: { name: "Yuri" } },
  "entities.update": { path: { id: made.entity }, body: { name: "Ada B." }, other: { name: "Ada C." } },
  "entities.merge": {
    body: { sources: ["zara"], into: made.entity },
    other: { sources: [made.town], into: made.entity },
  },
  "relations.create": {
    body: { from: made.friend, to: made.town, type: "lives in" },
    other: { from: made.friend, to: made.town, type: "visits" },
  },
  "relations.update": {
    path: { id: made.relation },
    body: { verdict: "right" },
    other: { verdict: "wrong" },
  },
  "relations.delete": { path: { id: made.relation } },
  "parameters.set": { path: { name: "recall.weight.utility" }, body: { value: 0.5 }, other: { value: 0.6 } },
  "import.create": { body: json({ content: "imported" }), other: json({ content: "imported otherwise" }) },
  "backups.create": {},
  "keys.create": { body: { name: "x", scopes: ["read"] }, other: { name: "y", scopes: ["read"] } },
  "keys.revoke": { path: { id: made.key } },
  "webhooks.create": { body: { url: "http://127.0.0.1:9/" }, other: { url: "http://127.0.0.1:9/other" } },
  "webhooks.update": { path: { id: made.webhook }, body: { rotateSecret: true }, other: { name: "z" } },
  "webhooks.test": { path: { id: made.webhook }, body: {} },
  "webhooks.redeliver": {
    path: { id: made.webhook },
    body: { deliveryId: made.delivery },
    other: { deliveryId: made.memory },
  },
  "webhooks.delete": { path: { id: made.unwanted } },
  "models.test": { path: { role: "extraction" }, body: {} },
  "workspaces.create": { body: { name: "another" }, other: { name: "a third" } },
  "workspaces.update": {
    path: { id: made.workspace },
    body: { name: "renamed" },
    other: { name: "renamed again" },
  },
  "people.invite": {
    body: { note: "somebody", role: "viewer" },
    other: { note: "somebody else", role: "viewer" },
  },
  "people.withdraw": { path: { id: made.invitation } },
  "people.update": { path: { id: made.person }, body: { role: "curator" }, other: { role: "owner" } },
  "people.resetPassword": { path: { id: made.person }, body: {}, other: { hours: 1 } },
  "people.remove": { path: { id: made.person } },
});

const writes = OPERATION_IDS.filter(takesKey);
let given: Partial<Record<OperationId, Sample>>;

beforeAll(async () => {
  t = await tenant();
  const first = (await t.owner.post("/memories", { content: "Ada lives in Ulm with Bo" })).as(
    "memories.create",
  );
  const [second, third] = [
    await t.remember("Ada lives in Ulm together with Bo"),
    await t.remember("of no use"),
  ];
  const named = async (name: string) =>
    (await t.owner.post("/entities", { name })).as("entities.create").entity?.id ?? "";
  const [entity, friend, town] = [
    await named("Adalbert"),
    await named("Bo Diddley"),
    await named("Ulm on the Danube"),
  ];
  const relation =
    (await t.owner.post("/relations", { from: entity, to: friend, type: "knows" })).as("relations.create")
      .relation?.id ?? "";
  const unwanted = (await t.owner.post("/webhooks", { url: "http://127.0.0.1:9/" })).as("webhooks.create")
    .webhook.id;
  const webhook = (await t.owner.post("/webhooks", { url: "http://127.0.0.1:9/" })).as("webhooks.create")
    .webhook.id;
  const { delivery } = (await t.owner.post(`/webhooks/${webhook}/test`, {})).as("webhooks.test");
  const person = await personIn(t, "viewer");
  given = samples({
    memory: first.memory.id,
    second: second.id,
    third: third.id,
    change:
      (await t.owner.patch(`/memories/${second.id}`, { pinned: true })).as("memories.update").changes[0]
        ?.id ?? "",
    entity,
    friend,
    town,
    relation,
    unwanted,
    key: (await t.owner.post("/keys", { name: "k", scopes: ["read"] })).as("keys.create").key.id,
    webhook,
    delivery: delivery.id,
    cycle: (await t.owner.post("/cycles", { dryRun: true })).as("cycles.run").cycle.id,
    testQuestion: (await t.owner.post("/test-questions", { query: "unwanted", grades: [] })).as(
      "testQuestions.save",
    ).question.id,
    workspace: t.workspace.workspaceId,
    person: person.id,
    invitation: (await t.owner.post("/invitations", { note: "n", role: "viewer" })).as("people.invite")
      .invitation.id,
  });
});

function send(
  id: OperationId,
  { path = {} }: Sample,
  { body, key }: { readonly body: object | string | undefined; readonly key: string },
) {
  const row: Operation = operations[id];
  const filled = Object.entries(path).reduce(
    (url, [name, value]) => url.replace(`{${name}}`, encodeURIComponent(value)),
    row.path as string,
  );
  return t.owner.call(row.method, filled, {
    headers: { "idempotency-key": key },
    ...(body === undefined ? {} : { body }),
  });
}

const counts = () =>
  inWorkspace(t.workspace.workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<Record<string, bigint>[]>`
      SELECT (SELECT count(*) FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "changes",
        (SELECT count(*) FROM "ApiKey" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "keys",
        (SELECT count(*) FROM "Workspace" WHERE "name" = 'another') AS "workspaces",
        (SELECT count(*) FROM "Webhook" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "webhooks",
        (SELECT count(*) FROM "WebhookDelivery" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "deliveries",
        (SELECT count(*) FROM "Invitation" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "invitations",
        (SELECT count(*) FROM "TestQuestion" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "tests",
        (SELECT count(*) FROM "Cycle" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "cycles"`;
    return row;
  });

const storedText = async (key: string): Promise<string> =>
  inWorkspace(t.workspace.workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<{ answer: string }[]>`
      SELECT "answer"::text FROM "IdempotentAnswer" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "key" = ${key}`;
    return row?.answer ?? "";
  });

describe("an Idempotency-Key", () => {
  it("has a sample here for every write of the table", () => {
    expect(Object.keys(given).sort()).toEqual([...writes].sort());
  });

  it.each(writes)(
    "of %s makes the same command twice one, with one answer, and refuses another",
    async (id) => {
      const sample = given[id] ?? {};
      const key = `key of ${id}`;
      const first = await send(id, sample, { body: sample.body, key });
      const after = await counts();
      const second = await send(id, sample, { body: sample.body, key });
      expect(await counts()).toEqual(after);
      if (first.status >= 300) {
        // A command that was refused has used up nothing, and is refused again for the same reason.
        expect(second.status).toBe(first.status);
        expect(id).toBe("proposals.decide");
        return;
      }
      expect(JSON.parse(second.text)).toEqual(JSON.parse(first.text));
      expect([first.headers.get("idempotency-replayed"), second.headers.get("idempotency-replayed")]).toEqual(
        [null, "true"],
      );
      const { secret } = JSON.parse(first.text) as { secret?: string };
      if (secret !== undefined) expect(await storedText(key)).not.toContain(secret);
      if (sample.other !== undefined)
        (await send(id, sample, { body: sample.other, key })).problem("conflict");
    },
  );

  it("of two commands at the same moment lets one through, also where nothing is appended", async () => {
    const body = { name: "at once", scopes: ["read"] };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send("keys.create", {}, { body, key: "at once" })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const keys = (await t.owner.get("/keys")).as("keys.list").items;
    expect(keys.filter(({ name }) => name === "at once")).toHaveLength(1);
  });
});
