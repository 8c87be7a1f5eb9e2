/** POST /merges: several memories become one, and come apart again with everything that was learned meanwhile. */
import { beforeEach, describe, expect, it } from "vitest";

import type { MemoryOut } from "@/lib/contracts/memory";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
let sources: MemoryOut[];
beforeEach(async () => {
  t = await tenant();
  sources = [
    await t.remember("Ann drinks tea", {
      tags: ["a"],
      metadata: { n: 1 },
      scope: { userId: "u", sessionId: "s1" },
    }),
    await t.remember("Ann drinks green tea", {
      tags: ["b"],
      metadata: { n: 2, m: 3 },
      scope: { userId: "u", sessionId: "s2" },
    }),
    await t.remember("Tea is what Ann drinks", { scope: { userId: "u" } }),
  ];
});

const ids = () => sources.map((s) => s.id);
const merge = async (more: object = {}) =>
  (await t.owner.post("/merges", { sources: ids(), ...more })).as("merges.create");
const judge = async (id: string, verdict: string) =>
  (await t.owner.post("/signals", { memories: [{ memoryId: id, verdict }] })).as("signals.create");
/** Evidence of what stands by itself: a merged source's is in its result. */
async function sumOf(list: readonly string[]) {
  const answers = await Promise.all(list.map((id) => t.owner.get(`/memories/${id}`)));
  const standing = answers.filter((a) => a.status === 200).map((a) => a.as("memories.get").memory);
  const counted = standing.filter((m) => m.mergedInto === null);
  return {
    alpha: counted.reduce((sum, m) => sum + m.evidence.alpha, 0),
    beta: counted.reduce((sum, m) => sum + m.evidence.beta, 0),
  };
}

describe("a merge", () => {
  it("is one change that makes the result and one per source that joins, as one group", async () => {
    const { merge: made, changes } = await merge({ content: "Ann drinks green tea", reason: "alike" });
    expect(changes.map((c) => c.op)).toEqual(["merge", "member", "member", "member"]);
    expect(made).toMatchObject({ status: "inForce", sources: ids(), groupId: changes[0]?.groupId });
    expect(await t.read(made.resultId)).toMatchObject({
      content: "Ann drinks green tea",
      mergedFrom: ids(),
      tags: ["a", "b"],
      metadata: { n: 1, m: 3 },
      scope: { userId: "u" },
    });
    for (const id of ids()) expect((await t.read(id)).mergedInto).toBe(made.resultId);
    const listed = (await t.owner.get("/memories")).as("memories.list").items.map((m) => m.id);
    expect(listed).toEqual([made.resultId]);
  });

  it("run dry shows the same effects as the act, and nothing is merged", async () => {
    const before = await t.head();
    const preview = await merge({ dryRun: true });
    expect(await t.head()).toEqual(before);
    expect(preview.dryRun).toBe(true);
    for (const id of ids()) expect((await t.read(id)).mergedInto).toBeNull();
    const act = await merge();
    // The result's id is new each time, so it stands for itself.
    const plain = (m: typeof act) =>
      JSON.parse(JSON.stringify(m.effects).replaceAll(m.merge.resultId, "<result>")) as unknown;
    expect(plain(preview)).toEqual(plain(act));
    expect(preview.merge.content).toBe(act.merge.content);
  });

  it("comes apart by a revert of its group, with the sources as they were", async () => {
    const { merge: made } = await merge();
    await t.revert({ groupId: made.groupId });
    (await t.owner.get(`/memories/${made.resultId}`)).problem("not_found");
    for (const source of sources)
      expect(await t.read(source.id)).toMatchObject({
        content: source.content,
        tags: source.tags,
        mergedInto: null,
      });
    expect(only((await t.owner.get("/merges")).as("merges.list").items).status).toBe("reverted");
  });

  it("lets one source leave alone, and the rest stay merged", async () => {
    const { merge: made, changes } = await merge();
    const leaves = changes.find((c) => c.op === "member" && c.targetId === sources[1]?.id);
    await t.revert({ changeIds: [leaves?.id] });
    expect((await t.read(sources[1]?.id ?? "")).mergedInto).toBeNull();
    const result = await t.read(made.resultId);
    expect(result.mergedFrom).toEqual([sources[0]?.id, sources[2]?.id]);
    expect((await t.read(sources[0]?.id ?? "")).mergedInto).toBe(made.resultId);
  });

  it.each([
    ["one memory twice", () => [ids()[0], ids()[0]], "invalid_input"],
    ["an unknown one", () => [ids()[0], "nobody"], "not_found"],
  ] as const)("of %s is refused", async (_what, named, code) => {
    (await t.owner.post("/merges", { sources: named() })).problem(code);
    await t.head();
  });

  it("of what is merged already, or deleted, is refused by its place", async () => {
    await t.owner.delete(`/memories/${ids()[2] ?? ""}`);
    expect(only((await t.owner.post("/merges", { sources: ids() })).problem("conflict").errors).path).toBe(
      "sources.2",
    );
    await t.owner.patch(`/memories/${ids()[2] ?? ""}`, { lifecycle: "active" });
    await merge();
    expect(only((await t.owner.post("/merges", { sources: ids() })).problem("conflict").errors).path).toBe(
      "sources.0",
    );
  });
});

describe("feedback", () => {
  it("is worth the same before a merge, during it and after, and what the result got returns to the leaves", async () => {
    await judge(sources[0]?.id ?? "", "helpful");
    await judge(sources[1]?.id ?? "", "harmful");
    const before = await sumOf(ids());
    expect(before).toEqual({ alpha: 1, beta: 1 });
    const { merge: made } = await merge();
    const all = [...ids(), made.resultId];
    expect(await sumOf(all)).toEqual(before);
    for (const verdict of ["helpful", "helpful", "harmful"]) await judge(made.resultId, verdict);
    const during = await sumOf(all);
    expect(during).toEqual({ alpha: 3, beta: 2 });
    await t.revert({ groupId: made.groupId });
    const after = await sumOf(all);
    expect(after.alpha).toBeCloseTo(during.alpha, 9);
    expect(after.beta).toBeCloseTo(during.beta, 9);
    for (const id of ids()) expect((await t.read(id)).evidence.alpha).toBeGreaterThan(0.6);
    await t.head();
  });

  it("on a result of results reaches the leaves when all of it comes apart", async () => {
    const pair = await t.remember("Ann has tea every day", { scope: { userId: "u" } });
    const inner = await merge();
    const outer = (await t.owner.post("/merges", { sources: [inner.merge.resultId, pair.id] })).as(
      "merges.create",
    );
    await judge(outer.merge.resultId, "helpful");
    await t.revert({ groupId: inner.merge.groupId });
    const sum = await sumOf([...ids(), pair.id, inner.merge.resultId, outer.merge.resultId]);
    expect(sum.alpha).toBeCloseTo(1, 9);
    expect((await t.read(pair.id)).mergedInto).toBeNull();
    expect((await t.owner.get("/merges")).as("merges.list").items.map((m) => m.status)).toEqual([
      "suspended",
      "reverted",
    ]);
  });

  it("that comes late to a result already taken apart goes to its leaves", async () => {
    const { merge: made } = await merge();
    await t.revert({ groupId: made.groupId });
    await judge(made.resultId, "helpful");
    expect((await sumOf(ids())).alpha).toBeCloseTo(1, 9);
    await t.head();
  });
});
