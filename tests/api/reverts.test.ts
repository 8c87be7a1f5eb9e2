/** POST /reverts: one change, a group or a selection taken back exactly, previewed as it will be, and redone. */
import { beforeEach, describe, expect, it } from "vitest";

import type { AnswerOf } from "../support/rest";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const create = async (content: string, more: object = {}) =>
  (await t.owner.post("/memories", { content, ...more })).as("memories.create");
const judge = async (id: string, more: object = {}, by = t.owner) =>
  (await by.post("/signals", { memories: [{ memoryId: id, verdict: "helpful" }], ...more })).as(
    "signals.create",
  );
const listed = async () =>
  (await t.owner.get("/memories?lifecycle=all&sort=oldest")).as("memories.list").items.map(
    // These follow the clock and the ledger's length; everything else is the state.
    ({ seq: _seq, updatedAt: _at, accessibility: _now, ...m }) => m,
  );

/** What a preview promises, without what only the act can know: the ids of its own changes. */
const promised = (r: AnswerOf<"reverts.create">) => {
  const { dryRun: _dryRun, groupId: _groupId, changes, ...rest } = r;
  return { ...rest, changes: changes.map((c) => [c.op, c.targetId, c.reverts, c.before, c.after]) };
};

describe("a revert", () => {
  it("of a confidence update takes out that one and leaves the others their full effect", async () => {
    const { memory } = await create("judged thrice");
    const judgements = [await judge(memory.id), await judge(memory.id), await judge(memory.id)];
    const middle = only(judgements[1]?.changes ?? []);
    const done = await t.revert({ changeIds: [middle.id], reason: "it was a mistake" });
    expect(done).toMatchObject({ dryRun: false, reverted: [middle.id], suspended: [], effectCount: 1 });
    expect(only(done.effects)).toMatchObject({ targetId: memory.id, register: "confidence" });
    expect((await t.read(memory.id)).evidence).toEqual({ alpha: 2, beta: 0 });
    const read = (await t.owner.get(`/changes/${middle.id}`)).as("changes.get");
    expect(read.change).toMatchObject({ status: "reverted", statusBy: only(done.changes).id });
  });

  it("of a creation suspends what hangs on it, and its redo brings everything back bit for bit", async () => {
    const { memory, changes } = await create("with a life of its own", { tags: ["a"] });
    await t.owner.patch(`/memories/${memory.id}`, { content: "edited", pinned: true });
    await judge(memory.id);
    const before = await t.read(memory.id);
    const done = await t.revert({ changeIds: [only(changes).id] });
    expect(done.suspended).toHaveLength(3);
    const gone = (await t.owner.get(`/memories/${memory.id}`)).problem("not_found");
    expect(gone.revertedBy).toBe(only(done.changes).id);
    const redone = await t.revert({ groupId: done.groupId });
    expect([...redone.resumed].sort()).toEqual([...done.suspended, only(changes).id].sort());
    expect(await t.read(memory.id)).toMatchObject({
      content: before.content,
      pinned: true,
      tags: ["a"],
      evidence: before.evidence,
    });
    await t.head();
  });

  it("of what is reverted already answers so and changes nothing", async () => {
    const { changes } = await create("once");
    await t.revert({ changeIds: [only(changes).id] });
    const before = await t.head();
    expect(await t.revert({ changeIds: [only(changes).id] })).toMatchObject({
      alreadyReverted: true,
      reverted: [],
      changes: [],
      groupId: null,
    });
    expect(await t.head()).toEqual(before);
  });

  it("twice needs both to be undone before the change is in force again", async () => {
    const { memory, changes } = await create("twice taken back");
    const id = only(changes).id;
    const one = await t.revert({ changeIds: [id] });
    await t.revert({ groupId: one.groupId });
    await t.revert({ changeIds: [id] });
    (await t.owner.get(`/memories/${memory.id}`)).problem("not_found");
    const state = (await t.owner.get(`/changes/${id}`)).as("changes.get");
    expect(state.revertedBy).toHaveLength(2);
    await t.head();
  });

  it("of many groups in any order gives one state", async () => {
    const { memory } = await create("base");
    const groups: string[] = [];
    for (const body of [
      { content: "one" },
      { tags: ["x"] },
      { content: "two" },
      { pinned: true },
      { kind: "insight" },
    ])
      groups.push((await t.owner.patch(`/memories/${memory.id}`, body)).as("memories.update").groupId ?? "");
    for (const groupId of [groups[2], groups[0], groups[4]]) await t.revert({ groupId });
    expect(await t.read(memory.id)).toMatchObject({
      content: "base",
      tags: ["x"],
      pinned: true,
      kind: "fact",
    });
    await t.head();
  });
});

describe("a selection", () => {
  it("by source takes back all that one judge said, and nothing else", async () => {
    const { memory } = await create("praised by a bot");
    await judge(memory.id, { source: "bot" });
    await judge(memory.id, { source: "bot" });
    await judge(memory.id, { source: "person" });
    const done = await t.revert({ select: { source: "bot" } });
    expect(done.reverted).toHaveLength(2);
    expect((await t.read(memory.id)).evidence.alpha).toBe(1);
  });

  it("by key, session, signal, op, target, range of seq or time finds exactly those", async () => {
    const { memory } = await create("picked", { scope: { sessionId: "s-1" } });
    const strange = await judge(memory.id, {}, t.low);
    const own = await judge(memory.id);
    const preview = async (select: object) => (await t.revert({ select, dryRun: true })).reverted;
    const low = only(strange.changes);
    expect(await preview({ apiKeyId: low.actor.id })).toEqual([low.id]);
    expect(await preview({ actor: `key:${low.actor.id}` })).toEqual([low.id]);
    expect(await preview({ sessionId: "s-1" })).toHaveLength(1);
    expect(await preview({ signalId: own.signalId })).toEqual([only(own.changes).id]);
    expect(await preview({ op: "observe", targetId: memory.id })).toHaveLength(2);
    expect(await preview({ fromSeq: 2 })).toEqual([only(own.changes).id, low.id]);
    expect(await preview({ fromSeq: 2, toSeq: 2 })).toEqual([low.id]);
    expect(await preview({ to: "2000-01-01" })).toEqual([]);
    expect(await preview({ from: low.at, to: low.at })).toContain(low.id);
  });

  it("of everything leaves the empty workspace, and its redo all of it", async () => {
    const { memory } = await create("all or nothing");
    await create("another");
    await judge(memory.id);
    await t.owner.patch("/parameters/learning.verdict.weight", { value: 5 });
    const before = await listed();
    const done = await t.revert({ select: { fromSeq: 1 } });
    expect(await listed()).toEqual([]);
    await t.revert({ groupId: done.groupId });
    expect(await listed()).toEqual(before);
    await t.head();
  });

  it("of a change together with its revert gives the state without either", async () => {
    const { memory } = await create("both");
    const edit = (await t.owner.patch(`/memories/${memory.id}`, { content: "edited" })).as("memories.update");
    await t.revert({ changeIds: [only(edit.changes).id] });
    await t.revert({ select: { fromSeq: 2 } });
    expect((await t.read(memory.id)).content).toBe("both");
  });

  it.each([
    ["nothing", {}],
    ["two ways at once", { groupId: "x", changeIds: ["y"] }],
    ["an empty selection", { select: {} }],
    ["an unknown criterion", { select: { colour: "red" } }],
  ])("naming %s is refused", async (_what, body) => {
    (await t.owner.post("/reverts", body)).problem("invalid_input");
  });
});

describe("contaminated evidence", () => {
  /** A poison shown beside an innocent memory: once in an answer that failed, once in one that helped. */
  async function poisoned() {
    const poison = await create("the poisoned gull");
    const innocent = await create("the innocent gull");
    const elsewhere = await create("an unrelated stone");
    for (const outcome of [-1, 1]) {
      const { retrievalId } = await t.recall("gull", { limit: 2 });
      await t.owner.post("/signals", { retrievalId, outcome });
    }
    await judge(elsewhere.memory.id);
    return {
      poison,
      changeIds: [only(poison.changes).id],
      innocent: innocent.memory.id,
      elsewhere: elsewhere.memory.id,
    };
  }
  const evidenceOf = async (id: string) => (await t.read(id)).evidence;

  it("stays when nobody asks for more, and the preview tells what each level would clear", async () => {
    const { changeIds, innocent } = await poisoned();
    const before = await evidenceOf(innocent);
    expect(before.beta).toBeGreaterThan(0);
    const preview = await t.revert({ changeIds, dryRun: true });
    expect(preview.contamination).toEqual({ level: "none", memories: 1, blame: 1, all: 2 });
    expect((await t.revert({ changeIds })).reverted).toEqual(changeIds);
    expect(await evidenceOf(innocent)).toEqual(before);
  });

  it("loses its blame at level blame, and keeps what was gained", async () => {
    const { changeIds, innocent } = await poisoned();
    const { alpha } = await evidenceOf(innocent);
    const done = await t.revert({ changeIds, contamination: "blame" });
    expect(done.contaminated).toHaveLength(1);
    expect(await evidenceOf(innocent)).toEqual({ alpha, beta: 0 });
  });

  it.each([{ contamination: "all" }, { includeContaminated: true }])(
    "goes with the poison at %j, and what was learned elsewhere stays",
    async (level) => {
      const { changeIds, innocent, elsewhere } = await poisoned();
      const done = await t.revert({ changeIds, ...level });
      expect(done.reverted).toHaveLength(3);
      expect(done.contaminated).toHaveLength(2);
      expect(await evidenceOf(innocent)).toEqual({ alpha: 0, beta: 0 });
      expect((await evidenceOf(elsewhere)).alpha).toBe(1);
      await t.revert({ groupId: done.groupId });
      expect((await evidenceOf(innocent)).beta).toBeGreaterThan(0);
    },
  );

  it("can be cleared beside a memory that stays, such as one in quarantine", async () => {
    const { poison, innocent } = await poisoned();
    const id = poison.memory.id;
    const own = await evidenceOf(id);
    await t.owner.patch(`/memories/${id}`, { quarantined: true });
    await t.revert({ select: { shownWith: id } });
    expect(await evidenceOf(innocent)).toEqual({ alpha: 0, beta: 0 });
    expect(await evidenceOf(id)).toEqual(own);
  });
});

describe("a preview", () => {
  it("says exactly what the act then does, in the database as in the answer (law 12)", async () => {
    const a = await create("the otter swims", { tags: ["x"] });
    const b = await create("the otter sleeps");
    await t.owner.patch(`/memories/${a.memory.id}`, { content: "the otter dives", pinned: true });
    await judge(a.memory.id);
    const merged = (await t.owner.post("/merges", { sources: [a.memory.id, b.memory.id] })).as(
      "merges.create",
    );
    await judge(merged.merge.resultId);
    await t.recall("otter");
    await t.owner.patch(`/memories/${b.memory.id}`, { supersededBy: a.memory.id });
    const inputs: object[] = [
      { groupId: merged.merge.groupId },
      { changeIds: [only(a.changes).id] },
      { select: { op: "observe" } },
      { select: { targetId: a.memory.id } },
      { select: { fromSeq: 3 } },
    ];
    for (const input of inputs) {
      const before = { head: await t.head(), listed: await listed() };
      const preview = await t.revert({ ...input, dryRun: true });
      expect({ head: await t.head(), listed: await listed() }).toEqual(before);
      const act = await t.revert(input);
      expect(promised(preview)).toEqual(promised(act));
      expect(preview.dryRun).toBe(true);
      await t.head();
      const redo = await t.revert({ groupId: act.groupId, dryRun: true });
      expect(promised(redo)).toEqual(promised(await t.revert({ groupId: act.groupId })));
      expect(await listed()).toEqual(before.listed);
    }
  });

  it("shows which recent recalls would answer otherwise, and after the act they do", async () => {
    const { memory, changes } = await create("the badger digs a sett");
    await create("the badger sleeps all day");
    const { retrievalId } = await t.recall("badger", { limit: 2 });
    const preview = await t.revert({ changeIds: [only(changes).id], dryRun: true });
    const move = preview.blastRadius.moves.find((m) => m.retrievalId === retrievalId);
    expect(move?.before.map((m) => m.memoryId)).toContain(memory.id);
    // What leaves is still called by what it said.
    expect(move?.before.map((m) => m.label)).toContain("the badger digs a sett");
    expect(move?.after.map((m) => m.memoryId)).not.toContain(memory.id);
    await t.revert({ changeIds: [only(changes).id] });
    const after = (await t.recall("badger", { limit: 2 })).results.map((r) => r.memory.id);
    expect(after).toEqual(move?.after.map((m) => m.memoryId));
  });

  it("names the neighbours whose ranks may move though nothing of them changes, and says how the recalls move with them", async () => {
    const scope = { sessionId: "walk" };
    const said = async (content: string, more: object = {}) =>
      (await t.owner.post("/memories", { content, ...more })).as("memories.create");
    await said("What should we look for by the river?", { scope, source: { speaker: "Ann" } });
    const beside = await said("The kingfisher, of course", { scope, source: { speaker: "Bo" } });
    const question = await said("Where does the kingfisher nest?", { scope, source: { speaker: "Ann" } });
    const reply = await said("In the steep bank behind the mill", { scope, source: { speaker: "Bo" } });
    const apart = await said("The mill was sold in spring");
    const { retrievalId } = await t.recall("Where does the kingfisher nest?", { limit: 5 });
    const take = { changeIds: [only(question.changes).id], dryRun: true };
    const { blastRadius, effects } = await t.revert(take);
    const near = blastRadius.neighbours?.items
      .filter(({ by }) => by === "session")
      .map(({ memoryId }) => memoryId);
    expect(near).toEqual(expect.arrayContaining([beside.memory.id, reply.memory.id]));
    expect(near).not.toContain(apart.memory.id);
    expect(new Set(effects.map((effect) => effect.targetId))).toEqual(new Set([question.memory.id]));
    const move = blastRadius.moves.find((m) => m.retrievalId === retrievalId);
    const done = await t.revert({ ...take, dryRun: false });
    const after = (await t.recall("Where does the kingfisher nest?", { limit: 5 })).results.map(
      (r) => r.memory.id,
    );
    expect(move?.after.map((m) => m.memoryId)).toEqual(after);
    // What comes back is told of, and so is whom it stands beside.
    const redo = await t.revert({ groupId: done.groupId, dryRun: true });
    expect(redo.blastRadius.neighbours?.items.map((n) => n.memoryId)).toEqual(
      expect.arrayContaining([reply.memory.id]),
    );
  });

  it("of evidence has no neighbours, and of a memory together with what is said of names shows both", async () => {
    const made = (await t.owner.post("/memories", { content: "Ada Byron keeps bees in Ulm" })).as(
      "memories.create",
    );
    await t.remember("Ada Byron met Bo in Rome");
    const { retrievalId } = await t.recall("bees", { limit: 3 });
    const judged = (
      await t.owner.post("/signals", { memories: [{ memoryId: made.memory.id, verdict: "helpful" }] })
    ).as("signals.create");
    const learned = await t.revert({ changeIds: judged.changes.map((c) => c.id), dryRun: true });
    expect(learned.blastRadius.neighbours).toMatchObject({ count: 0 });
    const named = (await t.owner.patch("/entities/Ada%20Byron", { name: "Countess" })).as("entities.update");
    const both = await t.revert({
      changeIds: [only(made.changes).id, ...named.changes.map((c) => c.id)],
      dryRun: true,
    });
    expect(new Set(both.effects.map((effect) => effect.targetType))).toEqual(new Set(["memory", "entity"]));
    expect(both.blastRadius.moves.map((m) => m.retrievalId)).toContain(retrievalId);
    expect(both.blastRadius.neighbours?.items.map(({ by, label }) => [by, label])).toContainEqual([
      "name",
      "Ada Byron met Bo in Rome",
    ]);
  });

  it("of a tuned parameter says which recalls it moves", async () => {
    const first = await t.remember("tea tea tea");
    await t.remember("a long note about tea, coffee and other things that people drink");
    await t.owner.post("/signals", { memories: [{ memoryId: first.id, verdict: "harmful" }] });
    const tuned = (await t.owner.patch("/parameters/recall.weight.keyword", { value: 0 })).as(
      "parameters.set",
    );
    const { retrievalId } = await t.recall("tea", { limit: 2 });
    const changeIds = tuned.changes.map((c) => c.id);
    const { blastRadius } = await t.revert({ changeIds, dryRun: true });
    expect(blastRadius.retrievals).toBe(1);
    await t.revert({ changeIds });
    const after = (await t.recall("tea", { limit: 2 })).results.map((r) => r.memory.id);
    const { retrieval } = (await t.owner.get(`/retrievals/${retrievalId ?? ""}`)).as("retrievals.get");
    const move = blastRadius.moves.find((m) => m.retrievalId === retrievalId);
    expect(move?.after.map((m) => m.memoryId) ?? retrieval.shown.map((r) => r.memoryId)).toEqual(after);
  });
});
