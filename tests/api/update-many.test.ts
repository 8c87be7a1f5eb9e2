/** Many edits as one group, whose memories there are, and recalls held to a filter. */
import { beforeEach, describe, expect, it } from "vitest";

import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const updateMany = async (body: object) =>
  (await t.owner.patch("/memories/batch", body)).as("memories.updateMany");

describe("PATCH /memories/batch", () => {
  it("edits all of them as one group, which one revert takes back", async () => {
    const [a, b] = [await t.remember("tea in the morning"), await t.remember("coffee at noon")];
    const done = await updateMany({
      items: [
        { id: a.id, content: "tea at dawn", tags: ["drink"] },
        { id: b.id, content: "coffee at one" },
      ],
      reason: "new habits",
    });
    expect(done.items.map((item) => item.memory.content)).toEqual(["tea at dawn", "coffee at one"]);
    expect(new Set(done.changes.map((change) => change.groupId))).toEqual(new Set([done.groupId]));
    expect(done.changes.map((change) => change.op)).toEqual(["edit", "set", "edit"]);
    await t.revert({ groupId: done.groupId });
    expect([(await t.read(a.id)).content, (await t.read(b.id)).content]).toEqual([a.content, b.content]);
  });

  it("edits none of them when one is not there, or has moved", async () => {
    const a = await t.remember("a");
    const nowhere = { id: "01990000-0000-7000-8000-0000000000ff", pinned: true };
    const moved = { id: a.id, pinned: true, expectedSeq: 0 };
    const first = { id: a.id, content: "never" };
    (await t.owner.patch("/memories/batch", { items: [first, nowhere] })).problem("not_found");
    (await t.owner.patch("/memories/batch", { items: [first, moved] })).problem("conflict");
    expect(await t.read(a.id)).toMatchObject({ content: "a", pinned: false });
  });

  it("refuses an item that names nothing to change", async () => {
    const a = await t.remember("a");
    const { errors } = (await t.owner.patch("/memories/batch", { items: [{ id: a.id }] })).problem(
      "invalid_input",
    );
    expect(only(errors).path).toBe("items.0");
  });
});

describe("GET /owners", () => {
  it("counts what belongs to whom, a page at a time, and nothing that was deleted", async () => {
    await t.remember("one", { scope: { userId: "ann", runId: "r1" }, metadata: { team: "red" } });
    await t.remember("two", { scope: { userId: "ann", agentId: "bot" } });
    const gone = await t.remember("three", { scope: { userId: "bob" } });
    await t.owner.delete(`/memories/${gone.id}`);
    const list = async (query: string) => (await t.owner.get(`/owners?${query}`)).as("owners.list");
    const first = await list("limit=2");
    const rest = await list(`limit=2&cursor=${first.nextCursor}`);
    const found = [...first.items, ...rest.items].map(({ type, id, memories }) => [type, id, memories]);
    expect(found).toEqual([
      ["agent", "bot", 1],
      ["run", "r1", 1],
      ["user", "ann", 2],
    ]);
    expect([first.total, rest.nextCursor]).toEqual([3, null]);
    expect(only((await list("type=metadata&metadata=team")).items)).toMatchObject({ id: "red", memories: 1 });
    expect((await list("type=metadata")).items).toEqual([]);
  });
});

describe("a recall's filter", () => {
  it("`where` holds it to the memories of any filter of the list", async () => {
    const red = await t.remember("the red door", { metadata: { team: { name: "red" } } });
    const blue = await t.remember("the blue door");
    const ids = async (where: object) =>
      (await t.recall("door", { filter: { where: JSON.stringify(where) } })).results
        .map((result) => result.memory.id)
        .sort();
    expect(await ids({ "metadata.team.name": "red" })).toEqual([red.id]);
    expect(await ids({ NOT: { "metadata.team.name": "red" } })).toEqual([blue.id]);
    expect(await ids({ id: { in: [red.id, blue.id] } })).toEqual([red.id, blue.id].sort());
    const wrong = await t.owner.post("/recall", { query: "door", filter: { where: '{"colour":1}' } });
    expect(wrong.problem("invalid_input").errors[0]?.path).toBe("filter.colour");
  });

  it("`ended` also finds what is no longer valid", async () => {
    const past = new Date(Date.now() - 60_000).toISOString();
    const over = await t.remember("the old door", { validAt: "2020-01-01", invalidAt: past });
    expect((await t.recall("door")).results).toEqual([]);
    expect(only((await t.recall("door", { filter: { ended: true } })).results).memory.id).toBe(over.id);
  });
});
