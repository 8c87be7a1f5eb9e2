/** PATCH and DELETE /memories/{id}: each field is a change of its own, and each can be taken back alone. */
import { beforeAll, describe, expect, it } from "vitest";

import type { MemoryOut } from "@/lib/contracts/memory";
import type { AnswerOf } from "../support/rest";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
});

const update = async (id: string, body: object): Promise<AnswerOf<"memories.update">> =>
  (await t.owner.patch(`/memories/${id}`, body)).as("memories.update");

/** All that a caller may set, other than it is at first. */
const EVERYTHING = {
  content: "new words",
  kind: "procedure",
  tags: ["b", "a"],
  metadata: { n: 2 },
  lifecycle: "archived",
  pinned: true,
  quarantined: true,
  validAt: "2026-01-02T00:00:00.000Z",
  invalidAt: "2026-09-01T00:00:00.000Z",
} as const;

describe("an update", () => {
  it("makes one change for each field that moves, as one group", async () => {
    const { id } = await t.remember("old words");
    const { memory, changes, groupId } = await update(id, EVERYTHING);
    expect(memory).toMatchObject(EVERYTHING);
    expect(changes.map((c) => c.op).sort()).toEqual([
      "archive",
      "edit",
      "pin",
      "quarantine",
      "set",
      "set",
      "set",
      "set",
      "set",
    ]);
    expect(new Set(changes.map((c) => c.groupId))).toEqual(new Set([groupId]));
  });

  it.each(Object.keys(EVERYTHING) as (keyof typeof EVERYTHING)[])(
    "can be taken back in its %s alone, and the rest stays",
    async (field) => {
      const before = await t.remember(`old words for ${field}`);
      for (const [name, value] of Object.entries(EVERYTHING)) {
        const { changes } = await update(before.id, { [name]: value });
        expect(changes, name).toHaveLength(1);
      }
      const history = (await t.owner.get(`/memories/${before.id}/history`)).as("memories.history").items;
      const index = Object.keys(EVERYTHING).length - 1 - Object.keys(EVERYTHING).indexOf(field);
      await t.revert({ changeIds: [history[index]?.id] });
      const after = await t.read(before.id);
      expect(after).toMatchObject({ ...EVERYTHING, [field]: (before as MemoryOut)[field] });
    },
  );

  it("to what is there already changes nothing", async () => {
    const given = { content: "the same", tags: ["x", "y"], metadata: { a: 1, b: { c: 2, d: 3 } } };
    const before = await t.remember(given.content, given);
    const { seq } = await t.head();
    const same = {
      ...given,
      metadata: { b: { d: 3, c: 2 }, a: 1 },
      kind: "fact",
      lifecycle: "active",
      pinned: false,
      quarantined: false,
      invalidAt: null,
      supersededBy: null,
    };
    const { changes, memory } = await update(before.id, same);
    expect(changes).toEqual([]);
    expect(memory.seq).toBe(before.seq);
    expect((await t.head()).seq).toBe(seq);
  });

  it("keeps the reason a person gave", async () => {
    const { id } = await t.remember("with a reason");
    const { changes } = await update(id, { pinned: true, reason: "it matters" });
    expect(only(changes).cause).toMatchObject({ kind: "request", reason: "it matters" });
  });

  it("is refused when the memory would end before it begins, naming the field", async () => {
    const { id } = await t.remember("times", { validAt: "2026-05-01" });
    const found = (await t.owner.patch(`/memories/${id}`, { invalidAt: "2026-04-30" })).problem(
      "invalid_input",
    );
    expect(only(found.errors).path).toBe("invalidAt");
  });

  it("of a middle edit that is reverted shows nothing, and never resurfaces", async () => {
    const { id } = await t.remember("first");
    const second = await update(id, { content: "second" });
    const third = await update(id, { content: "third" });
    await t.revert({ changeIds: [only(second.changes).id] });
    expect((await t.read(id)).content).toBe("third");
    await t.revert({ changeIds: [only(third.changes).id] });
    expect((await t.read(id)).content).toBe("first");
  });
});

describe("expectedSeq", () => {
  it("lets pass while the memory has not moved, and names the change that moved it", async () => {
    const before = await t.remember("guarded");
    await update(before.id, { pinned: true, expectedSeq: before.seq });
    const mover = await update(before.id, { content: "moved" });
    const refused = await t.owner.patch(`/memories/${before.id}`, {
      kind: "insight",
      expectedSeq: before.seq,
    });
    const found = refused.problem("conflict");
    expect(found.movedBy).toEqual({ changeId: only(mover.changes).id, seq: mover.memory.seq, op: "edit" });
    expect(only(found.errors).path).toBe("expectedSeq");
    expect((await t.read(before.id)).kind).toBe("fact");
    const again = await t.owner.delete(`/memories/${before.id}?expectedSeq=${before.seq}`);
    again.problem("conflict");
    (await t.owner.delete(`/memories/${before.id}?expectedSeq=${mover.memory.seq}`)).as("memories.delete");
  });

  it("lets one of two callers win at the same moment", async () => {
    const before = await t.remember("raced");
    const both = await Promise.all(
      ["left", "right"].map((content) =>
        t.owner.patch(`/memories/${before.id}`, { content, expectedSeq: before.seq }),
      ),
    );
    expect(both.map((a) => a.status).sort()).toEqual([200, 409]);
  });
});

describe("a deletion", () => {
  it("takes it out of lists and recalls, keeps it readable, and comes back with what it had", async () => {
    const before = await t.remember("the heron stands in the reeds", { tags: ["bird"] });
    const { memory, changes } = (await t.owner.delete(`/memories/${before.id}?reason=boring`)).as(
      "memories.delete",
    );
    expect(memory.lifecycle).toBe("deleted");
    expect(only(changes)).toMatchObject({ op: "delete", cause: { reason: "boring" } });
    expect(await t.read(before.id)).toMatchObject({ lifecycle: "deleted", content: before.content });
    expect((await t.recall("heron in the reeds")).results.map((r) => r.memory.id)).not.toContain(before.id);
    await t.revert({ changeIds: [only(changes).id] });
    expect(await t.read(before.id)).toMatchObject({ lifecycle: "active", tags: ["bird"] });
    expect((await t.recall("heron in the reeds")).results.map((r) => r.memory.id)).toContain(before.id);
  });

  it("is also undone by setting the lifecycle, and twice is once", async () => {
    const { id } = await t.remember("deleted twice");
    await t.owner.delete(`/memories/${id}`);
    expect((await t.owner.delete(`/memories/${id}`)).as("memories.delete").changes).toEqual([]);
    const { changes } = await update(id, { lifecycle: "active" });
    expect(only(changes).op).toBe("restore");
  });
});

describe("a supersession", () => {
  it("is written with its contest, so that both stand contested when it alone is taken back", async () => {
    const old = await t.remember("Ann lives in Ulm");
    const newer = await t.remember("Ann lives in Bonn");
    const { changes, memory } = await update(old.id, { supersededBy: newer.id });
    expect(changes.map((c) => c.op)).toEqual(["contest", "supersede"]);
    expect(memory.supersededBy).toBe(newer.id);
    await t.revert({ changeIds: [changes[1]?.id] });
    expect(await t.read(old.id)).toMatchObject({ supersededBy: null, contestedWith: [newer.id] });
    expect(await t.read(newer.id)).toMatchObject({ supersededBy: null, contestedWith: [old.id] });
  });

  it("is lifted by null, which reverts what asserts it", async () => {
    const [old, newer] = [await t.remember("tea at four"), await t.remember("tea at five")];
    await update(old.id, { supersededBy: newer.id });
    const { changes, memory } = await update(old.id, { supersededBy: null });
    expect(only(changes).op).toBe("revert");
    expect(memory).toMatchObject({ supersededBy: null, contestedWith: [newer.id] });
  });

  it("by itself is refused", async () => {
    const { id } = await t.remember("alone");
    const found = (await t.owner.patch(`/memories/${id}`, { supersededBy: id })).problem("invalid_input");
    expect(only(found.errors).path).toBe("supersededBy");
  });
});

describe("a flag", () => {
  it.each([
    ["pinned", "pin"],
    ["quarantined", "quarantine"],
  ] as const)(
    "%s is raised by a change and lowered by reverting every change that raises it",
    async (field, op) => {
      const { id } = await t.remember(`flagged ${field}`);
      const raised = await update(id, { [field]: true });
      expect(only(raised.changes).op).toBe(op);
      const lowered = await update(id, { [field]: false });
      expect(only(lowered.changes)).toMatchObject({ op: "revert", reverts: only(raised.changes).id });
      expect(lowered.memory[field]).toBe(false);
      await t.revert({ changeIds: [only(lowered.changes).id] });
      expect((await t.read(id))[field]).toBe(true);
    },
  );
});
