/** POST /memories/bulk: one thing done to many memories, previewed, and taken back as one. */
import { beforeEach, describe, expect, it } from "vitest";

import type { MemoryOut } from "@/lib/contracts/memory";
import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;
let birds: MemoryOut[];
let stone: MemoryOut;
beforeEach(async () => {
  t = await tenant();
  birds = [await t.remember("a heron", { tags: ["bird"] }), await t.remember("a wren", { tags: ["bird"] })];
  stone = await t.remember("a stone");
});

const bulk = async (body: object) => (await t.owner.post("/memories/bulk", body)).as("memories.bulk");
const BIRDS = { filter: JSON.stringify({ tags: { contains: "bird" } }) };

describe("a bulk action", () => {
  it("by filter moves what matches and nothing else, and its group is one undo", async () => {
    const done = await bulk({ ...BIRDS, action: "archive", reason: "spring" });
    expect(done).toMatchObject({ dryRun: false, matched: 2, changed: 2 });
    expect(done.changes.map((c) => [c.op, c.targetId])).toEqual(birds.map((b) => ["archive", b.id]));
    expect((await t.read(stone.id)).lifecycle).toBe("active");
    await t.revert({ groupId: done.groupId });
    for (const bird of birds) expect((await t.read(bird.id)).lifecycle).toBe("active");
  });

  it("run dry answers what it would do and does nothing", async () => {
    const before = await t.head();
    const preview = await bulk({ ...BIRDS, action: "delete", dryRun: true });
    expect(preview).toMatchObject({ dryRun: true, matched: 2, changed: 2 });
    expect(await t.head()).toEqual(before);
    const done = await bulk({ ...BIRDS, action: "delete" });
    const plain = (changes: typeof done.changes) => changes.map((c) => [c.op, c.targetId, c.before, c.after]);
    expect(plain(preview.changes)).toEqual(plain(done.changes));
  });

  it("by ids takes those that are there, and counts those that move", async () => {
    await t.owner.patch(`/memories/${stone.id}`, { pinned: true });
    const ids = [stone.id, birds[0]?.id, "no id at all", "01990000-0000-7000-8000-0000000000ff"];
    expect(await bulk({ ids, action: "pin" })).toMatchObject({ matched: 2, changed: 1 });
  });

  it.each([
    ["pin", {}, { pinned: true }],
    ["quarantine", {}, { quarantined: true }],
    ["setKind", { value: "insight" }, { kind: "insight" }],
    ["addTag", { value: "wet" }, { tags: ["bird", "wet"] }],
    ["removeTag", { value: "bird" }, { tags: [] }],
    ["delete", {}, { lifecycle: "deleted" }],
  ])("%s does what it says", async (action, more, expected) => {
    await bulk({ ids: birds.map((b) => b.id), action, ...more });
    for (const bird of birds) expect(await t.read(bird.id)).toMatchObject(expected);
  });

  it.each([
    ["pin", "unpin", "pinned"],
    ["quarantine", "release", "quarantined"],
  ] as const)("%s is lowered again by %s", async (raise, lower, field) => {
    await bulk({ ids: [stone.id], action: raise });
    const done = await bulk({ ids: [stone.id], action: lower });
    expect(done.changes.map((c) => c.op)).toEqual(["revert"]);
    expect((await t.read(stone.id))[field]).toBe(false);
  });

  it.each([
    ["no selection", { action: "pin" }, ""],
    ["no value", { ids: ["x"], action: "addTag" }, ""],
    ["an unknown kind", { ids: ["x"], action: "setKind", value: "rumour" }, "value"],
    ["an unknown action", { ids: ["x"], action: "burn" }, "action"],
    ["a filter that is no JSON", { filter: "{", action: "pin" }, "filter"],
    ["a filter on an unknown field", { filter: '{"colour":{"eq":"red"}}', action: "pin" }, null],
  ])("with %s is refused and changes nothing", async (_what, body, path) => {
    const before = await t.head();
    const { errors } = (await t.owner.post("/memories/bulk", body)).problem("invalid_input");
    if (path !== null) expect(errors[0]?.path).toBe(path);
    expect(await t.head()).toEqual(before);
  });
});
