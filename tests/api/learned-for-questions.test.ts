/** What is learned for a question: at once, for other wordings too, and taken out with its own observation alone. */
import { beforeAll, describe, expect, it } from "vitest";

import { tenant, type Tenant } from "../support/tenant";
import type { AnswerOf } from "../support/rest";

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
});

const scope = { userId: "learner" };
const ASKED = "Where does the grey cat sleep at night?";
const OTHERWISE = "At night, where does the grey cat sleep?";

const signal = async (body: object): Promise<AnswerOf<"signals.create">> =>
  (await t.owner.post("/signals", body)).as("signals.create");

/** The parts of one recall's scores that the clock does not move, by memory. */
async function scores(query: string) {
  const { results } = await t.recall(query, { scope, dryRun: true, deterministic: true });
  return new Map(results.map((r) => [r.memory.id, { ...r.parts, recency: 0 }]));
}

describe("a verdict on a recall's memory", () => {
  it("brings it nearer to that question and its other wordings, and its undo restores every score exactly", async () => {
    const helpful = await t.remember("The blue basket stands beside the stove", { scope });
    const other = await t.remember("The grey cat is called Luna", { scope });
    const { retrievalId } = await t.recall(ASKED, { scope });
    const [before, beforeOtherwise] = [await scores(ASKED), await scores(OTHERWISE)];
    const verdicts: AnswerOf<"signals.create">[] = [];
    for (let i = 0; i < 4; i += 1)
      verdicts.push(await signal({ retrievalId, memories: [{ memoryId: helpful.id, verdict: "helpful" }] }));
    const [after, otherwise, far] = [
      await scores(ASKED),
      await scores(OTHERWISE),
      await scores("What is the capital of Peru?"),
    ];
    expect(after.get(helpful.id)?.cue).toBeGreaterThan(0);
    expect(otherwise.get(helpful.id)?.cue).toBeGreaterThan(0);
    expect(far.get(helpful.id)?.cue).toBe(0);
    // Nobody judged the other one.
    expect(after.get(other.id)).toEqual(before.get(other.id));

    const [first, ...rest] = verdicts.flatMap((v) => v.changes.map((c) => c.id));
    const undone = await t.revert({ changeIds: [first ?? ""] });
    const withoutFirst = await scores(ASKED);
    expect(withoutFirst.get(helpful.id)?.cue).toBeLessThan(after.get(helpful.id)?.cue ?? 0);
    await t.revert({ groupId: undone.groupId ?? "" });
    expect(await scores(ASKED)).toEqual(after);
    await t.revert({ changeIds: [first ?? "", ...rest].reverse() });
    expect(await scores(ASKED)).toEqual(before);
    expect(await scores(OTHERWISE)).toEqual(beforeOtherwise);
  });

  it("makes an answer more likely where it helped, and no more so once it is taken back", async () => {
    const asked = async () =>
      (await t.recall("Who looks after the boiler?", { scope, dryRun: true, deterministic: true }))
        .answerability;
    const { id } = await t.remember("Mr Hall comes every October", { scope });
    const { retrievalId } = await t.recall("Who looks after the boiler?", { scope });
    const before = await asked();
    const { changes } = await signal({ retrievalId, memories: [{ memoryId: id, verdict: "helpful" }] });
    expect(await asked()).toBeGreaterThan(before);
    await t.revert({ changeIds: changes.map((change) => change.id) });
    expect(await asked()).toBe(before);
  });

  it("tells in its answer the rank that the next recall shows", async () => {
    const { retrievalId, results } = await t.recall(ASKED, { scope });
    const last = results.at(-1)?.memory.id ?? "";
    const { credited } = await signal({ retrievalId, memories: [{ memoryId: last, verdict: "helpful" }] });
    const now = (await t.recall(ASKED, { scope, dryRun: true, deterministic: true })).results.map(
      (r) => r.memory.id,
    );
    expect(credited.find((c) => c.memoryId === last)?.rankAfter).toBe(now.indexOf(last) + 1);
  });

  it("is read by reference in a merge's result, and comes back to the source with the merge's undo", async () => {
    const one = await t.remember("Pancakes need flour, eggs and milk", { scope });
    const two = await t.remember("Pancakes need flour, milk and eggs", { scope });
    const question = "What do I need for pancakes?";
    const { retrievalId } = await t.recall(question, { scope });
    for (let i = 0; i < 3; i += 1)
      await signal({ retrievalId, memories: [{ memoryId: one.id, verdict: "harmful" }] });
    const before = await scores(question);
    expect(before.get(one.id)?.cue).toBeLessThan(0);
    const { merge } = (await t.owner.post("/merges", { sources: [one.id, two.id] })).as("merges.create");
    const merged = await scores(question);
    expect(merged.get(merge?.resultId ?? "")?.cue).toBeLessThan(0);
    await t.revert({ groupId: merge?.groupId ?? "" });
    expect(await scores(question)).toEqual(before);
  });
});
