import { DEFAULTS } from "@/lib/domain/parameters";
/** POST /signals: from an outcome to evidence, at once, whatever form it comes in and however late. */
import { beforeAll, describe, expect, it } from "vitest";

import { tenant, only, type Tenant } from "../support/tenant";
import type { AnswerOf } from "../support/rest";

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
});

const signal = async (body: object, by = t.owner): Promise<AnswerOf<"signals.create">> =>
  (await by.post("/signals", body)).as("signals.create");

let made = 0;
/** Two memories of a user of their own, and the recall that shows them. */
async function shown() {
  const word = `quokka${(made += 1)}`;
  const scope = { userId: word };
  const first = await t.remember(`${word} ${word} lives on the island of Rottnest`, { scope });
  const second = await t.remember(`A picture of ${word} hangs in the corridor`, { scope });
  const { retrievalId, results } = await t.recall(word, { scope });
  const top = results.map((r) => r.memory.id);
  expect([...top].sort()).toEqual([first.id, second.id].sort());
  return { word, scope, retrievalId: retrievalId ?? "", top: top[0] ?? "", next: top[1] ?? "" };
}

describe("an outcome", () => {
  it.each([
    [1, 1],
    [-1, 0],
    [0, 0.5],
    [0.5, 0.75],
    [true, 1],
    [false, 0],
    ["POSITIVE", 1],
    ["neutral", 0.5],
    ["NEGATIVE", 0.25],
    ["VERY_NEGATIVE", 0],
    ["success", 1],
    ["Failure", 0],
    [{ scale: "1-5", value: 5 }, 1],
    [{ scale: "1-5", value: 2 }, 0.25],
    [{ scale: "0..1", value: 0.3 }, 0.3],
    [{ scale: "-1..1", value: -0.5 }, 0.25],
    [{ scale: "named", value: "POSITIVE" }, 1],
    [{ scale: "success", value: false }, 0],
  ])("%j is read as %d", async (outcome, expected) => {
    const { retrievalId } = await shown();
    expect((await signal({ retrievalId, outcome })).outcome).toBeCloseTo(expected, 12);
  });

  it.each([
    [5],
    [-1.5],
    ["great"],
    ["constructor"],
    ["__proto__"],
    [""],
    [{ scale: "1-5", value: 0 }],
    [{ scale: "1-5", value: 6 }],
    [{ scale: "0..1", value: 2 }],
    [{ scale: "1-5", value: "five" }],
    [{ scale: "percent", value: 80 }],
    [null],
    [[1]],
  ])("%j is on no known scale: refused by its field, and nothing is learned", async (outcome) => {
    const { retrievalId } = await shown();
    const before = await t.head();
    const { errors } = (await t.owner.post("/signals", { retrievalId, outcome })).problem("invalid_input");
    expect(errors[0]?.path).toMatch(/^outcome/u);
    expect(await t.head()).toEqual(before);
  });

  it("without the recall it judges, or with nothing in it, is refused", async () => {
    const alone = (await t.owner.post("/signals", { outcome: 1 })).problem("invalid_input");
    expect(only(alone.errors).path).toBe("retrievalId");
    (await t.owner.post("/signals", { reason: "just so" })).problem("invalid_input");
  });

  it("is visible in the very next recall, and no longer once it is taken back", async () => {
    const { word, scope, retrievalId, top, next } = await shown();
    const before = (await t.recall(word, { scope })).results;
    const said = await signal({
      memories: [
        { memoryId: next, verdict: "helpful" },
        { memoryId: top, verdict: "harmful" },
      ],
      retrievalId,
    });
    const after = (await t.recall(word, { scope })).results;
    const part = (results: typeof after, id: string) => results.find((r) => r.memory.id === id);
    expect(part(after, next)?.confidence).toBe(said.credited.find((c) => c.memoryId === next)?.after);
    expect(part(after, next)?.parts.cue ?? 0).toBeGreaterThan(part(before, next)?.parts.cue ?? 0);
    expect(part(after, top)?.parts.cue ?? 0).toBeLessThan(part(before, top)?.parts.cue ?? 0);
    expect(part(after, next)?.parts.utility).toBe(0);
    await t.revert({ groupId: only([...new Set(said.changes.map((c) => c.groupId))]) });
    const again = (await t.recall(word, { scope })).results;
    const learned = (results: typeof after) =>
      results.map((r) => [r.memory.id, r.parts.cue, r.parts.utility]);
    expect(learned(again)).toEqual(learned(before));
  });

  it("counts in every recall when it was said of a memory at large, and for no question", async () => {
    const { word, scope, next } = await shown();
    const utility = async () =>
      (await t.recall(word, { scope })).results.find((r) => r.memory.id === next)?.parts.utility;
    const said = await signal({ memories: [{ memoryId: next, verdict: "helpful" }] });
    expect(await utility()).toBeGreaterThan(0);
    await t.revert({ groupId: only([...new Set(said.changes.map((c) => c.groupId))]) });
    expect(await utility()).toBe(0);
  });

  it("credits the top of the list more than what stood below it", async () => {
    const { retrievalId, top, next } = await shown();
    const { credited } = await signal({ retrievalId, outcome: 1 });
    const weight = (id: string) => credited.find((c) => c.memoryId === id)?.weight ?? 0;
    expect(weight(top)).toBeGreaterThan(0);
    expect(weight(next) / weight(top)).toBeCloseTo(1 / Math.log2(3), 5);
  });
});

describe("the baseline", () => {
  it("follows what this kind of question came to, so that the expected teaches little", async () => {
    const own = await tenant();
    const { id } = await own.remember("the wombat digs at night");
    const weights: number[] = [];
    const expected: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const { retrievalId } = await own.recall("wombat night");
      const { credited, baseline } = (await own.owner.post("/signals", { retrievalId, outcome: 1 })).as(
        "signals.create",
      );
      weights.push(credited.find((c) => c.memoryId === id)?.weight ?? 0);
      expected.push(baseline ?? 0);
    }
    expect(expected[0]).toBe(0.5);
    expect(expected).toEqual([...expected].sort((a, b) => a - b));
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(weights[5] ?? 0).toBeLessThan((weights[0] ?? 0) / 2);
    const { retrievalId } = await own.recall("night, wombat!");
    const failed = (await own.owner.post("/signals", { retrievalId, outcome: -1 })).as("signals.create");
    expect(failed.credited[0]?.weight ?? 0).toBeLessThan(-0.7);
  });
});

describe("a verdict", () => {
  it.each([
    ["helpful", 1],
    [true, 1],
    [1, 1],
    ["harmful", -1],
    [false, -1],
    [-1, -1],
    ["outdated", -1],
    ["irrelevant", -1],
  ])("%j by the owner moves the memory by %d observations", async (verdict, weight) => {
    const { id } = await t.remember(`judged ${JSON.stringify(verdict)} for ${weight}`);
    const { credited } = await signal({ memories: [{ memoryId: id, verdict }] });
    expect(only(credited)).toMatchObject({ memoryId: id, weight, before: 0.5 });
    const read = await t.read(id);
    expect(read.confidence).toBeCloseTo(only(credited).after, 9);
    expect(read.evidence).toEqual({ alpha: Math.max(0, weight), beta: Math.max(0, -weight) });
  });

  it.each([["great"], [2], [null]])("%j is none, and is refused by its field", async (verdict) => {
    const { id } = await t.remember("never judged");
    const answer = await t.owner.post("/signals", { memories: [{ memoryId: id, verdict }] });
    expect(answer.problem("invalid_input").errors[0]?.path).toBe("memories.0.verdict");
  });

  it("says more than the outcome of the whole answer, which then adds nothing to that memory", async () => {
    const { retrievalId, top, next } = await shown();
    const { credited } = await signal({
      retrievalId,
      outcome: 1,
      memories: [{ memoryId: top, verdict: "harmful" }],
    });
    expect(credited.filter((c) => c.memoryId === top).map((c) => c.weight)).toEqual([-1]);
    expect(credited.find((c) => c.memoryId === next)?.weight ?? 0).toBeGreaterThan(0);
  });

  it("names a used memory that nobody knows, and learns nothing from the rest", async () => {
    const { retrievalId, top } = await shown();
    const unknown = "01990000-0000-7000-8000-0000000000ff";
    const head = await t.head();
    (await t.owner.post("/signals", { retrievalId, outcome: 1, used: [top, unknown] })).problem("not_found");
    expect(await t.head()).toEqual(head);
  });

  it("on a memory that is not there is refused, and learns nothing of the others either", async () => {
    const { id } = await t.remember("beside an unknown one");
    const unknown = { memoryId: "01990000-0000-7000-8000-0000000000ff", verdict: "helpful" };
    const answer = await t.owner.post("/signals", {
      memories: [{ memoryId: id, verdict: "helpful" }, unknown],
    });
    answer.problem("not_found");
    expect((await t.read(id)).evidence).toEqual({ alpha: 0, beta: 0 });
  });

  it("comes late to a deleted memory and counts when that comes back", async () => {
    const { retrievalId, top } = await shown();
    await t.owner.delete(`/memories/${top}`);
    const late = await signal({ retrievalId, outcome: 1, at: new Date(Date.now() - 60_000).toISOString() });
    const explicit = await signal({ memories: [{ memoryId: top, verdict: "helpful" }] });
    expect([late, explicit].every((s) => s.credited.some((c) => c.memoryId === top))).toBe(true);
    await t.owner.patch(`/memories/${top}`, { lifecycle: "active" });
    const own = late.credited.find((c) => c.memoryId === top)?.weight ?? 0;
    expect((await t.read(top)).evidence.alpha).toBeCloseTo(1 + own, 6);
  });

  it("comes late to a memory whose creation was taken back, and counts once that is redone", async () => {
    const created = (await t.owner.post("/memories", { content: "taken back and judged" })).as(
      "memories.create",
    );
    const gone = await t.revert({ changeIds: [only(created.changes).id] });
    await signal({ memories: [{ memoryId: created.memory.id, verdict: "helpful" }] });
    await t.revert({ groupId: gone.groupId });
    expect((await t.read(created.memory.id)).evidence).toEqual({ alpha: 1, beta: 0 });
  });
});

describe("what the answer used", () => {
  it("is credited more, and two used together are linked by evidence of the same kind", async () => {
    const { retrievalId, top, next } = await shown();
    const { changes, credited } = await signal({ retrievalId, outcome: 1, used: [top, next] });
    expect(changes.map((c) => `${c.op} ${c.targetType}`).sort()).toEqual([
      "link relation",
      "observe memory",
      "observe memory",
      "observe relation",
    ]);
    expect(credited.find((c) => c.memoryId === top)?.weight).toBeGreaterThan(0);
    const again = await signal({ retrievalId, outcome: 1, used: [next, top] });
    const relation = (s: typeof again) => s.changes.find((c) => c.targetType === "relation")?.targetId;
    expect(again.changes.filter((c) => c.op === "link")).toEqual([]);
    expect(relation(again)).toBe(changes.find((c) => c.op === "link")?.targetId);
  });

  it("is told apart from what it did not use, by what differs from the usual at its rank", async () => {
    const weights = async (more: object) => {
      const { retrievalId, top } = await shown();
      const asked = "used" in more ? { used: [top] } : more;
      const { credited, baseline } = await signal({ retrievalId, outcome: 1, ...asked });
      return { by: credited.map((c) => c.weight), open: 1 - (baseline ?? 0) };
    };
    const unknown = await weights({});
    expect((unknown.by[0] ?? 0) / unknown.open).toBeCloseTo(1, 4);
    expect(((unknown.by[1] ?? 0) * Math.log2(3)) / unknown.open).toBeCloseTo(1, 4);
    const used = await weights({ used: true });
    const perReport = DEFAULTS["learning.used.weight"];
    expect(used.by[0]).toBeGreaterThan(0);
    expect(used.by[0]).toBeLessThan(perReport);
    expect(used.by[1]).toBeLessThan(0);
    expect(used.by[1]).toBeGreaterThan(-perReport * 0.6);
  });

  it("is found in the answer's own words when nobody names it", async () => {
    const { retrievalId, word, scope } = await shown();
    const response = `The ${word} lives on the island of Rottnest, as far as I know.`;
    const { credited } = await signal({ retrievalId, outcome: 1, response });
    const results = (await t.recall(word, { scope, dryRun: true })).results;
    const island = results.find((r) => r.memory.content.includes("island"))?.memory.id;
    expect(credited.length).toBe(results.length);
    for (const c of credited) expect(Math.sign(c.weight)).toBe(c.memoryId === island ? 1 : -1);
  });
});

describe("the trust of a key", () => {
  it.each([
    ["owner", 1],
    ["verified", 0.8],
    ["ordinary", 0.5],
    ["low", 0.2],
  ] as const)("of class %s weighs a verdict by %d", async (trust, factor) => {
    const { id } = await t.remember(`judged by ${trust}`);
    const { credited } = await signal({ memories: [{ memoryId: id, verdict: "helpful" }] }, t[trust]);
    expect(only(credited).weight).toBeCloseTo(factor, 9);
  });

  it("caps what one source can come to, as a read-out: the sums stay whole, and an undo takes out its full part", async () => {
    const { id } = await t.remember("praised by one low key");
    const groups: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      const { changes } = await signal({ memories: [{ memoryId: id, verdict: "helpful" }] }, t.low);
      groups.push(only(changes).groupId);
    }
    const full = await t.read(id);
    expect(full.evidence.alpha).toBeCloseTo(4, 9);
    expect(full.confidence).toBeCloseTo((2 + 3) / (4 + 3), 9);
    for (const groupId of groups.slice(0, 4)) await t.revert({ groupId });
    const less = await t.read(id);
    expect(less.evidence.alpha).toBeCloseTo(3.2, 9);
    expect(less.confidence).toBeCloseTo(full.confidence, 9);
    for (const groupId of groups.slice(4, 10)) await t.revert({ groupId });
    expect((await t.read(id)).confidence).toBeCloseTo((2 + 2) / (4 + 2), 9);
  });
});
