/** The laws say nothing about situations that the random histories never reach, so what they reach is counted. */
import fc from "fast-check";
import { expect, it } from "vitest";

import { memoryId } from "@/lib/domain/ids";
import { inMemoryLedger, type InMemoryLedger } from "@/tests/support/in-memory-ledger";
import { playerOn } from "@/tests/support/play";
import { story } from "@/tests/support/histories";

const viewOf = (ledger: InMemoryLedger, id: string) => ledger.views.get(memoryId(id));
const viewsOf = (ledger: InMemoryLedger) => [...ledger.views.values()];
const isResult = (ledger: InMemoryLedger, id: string) =>
  ledger.all.some((c) => c.op === "merge" && c.target.id === id);

const SITUATIONS: Readonly<Record<string, (ledger: InMemoryLedger) => boolean>> = {
  "a merge in force": (l) => viewsOf(l).some((v) => v.mergedFrom.length > 0),
  "a merge of a merge's result": (l) =>
    viewsOf(l).some((v) => v.mergedInto !== null && v.mergedFrom.length > 0),
  "a merge out of force whose shares count for the leaves": (l) =>
    l.all.some((c) => c.op === "observe" && c.payload.shares !== null && !viewOf(l, c.target.id)?.exists),
  "a merge that one source left": (l) =>
    viewsOf(l).some(
      (v) =>
        v.mergedFrom.length > 0 &&
        l.all.some(
          (c) => c.op === "merge" && c.target.id === v.id && c.payload.sources.length > v.mergedFrom.length,
        ),
    ),
  "a source that two live merges claim": (l) =>
    [...l.projected.values()].some((own) => own.type === "memory" && own.of.memberships.length > 1),
  "a text that fell back": (l) =>
    l.all.some(
      (c) =>
        c.op === "merge" &&
        c.payload.madeFrom.length > 0 &&
        viewOf(l, c.target.id)?.exists &&
        c.payload.madeFrom.some((m) => l.views.get(m)?.mergedInto !== c.target.id),
    ),
  "an edit of a merge's result": (l) => l.all.some((c) => c.op === "edit" && isResult(l, c.target.id)),
  "a suspended change": (l) => [...l.statuses.values()].some((s) => s.state === "suspended"),
  "a change born suspended": (l) =>
    l.all.some(
      (c) =>
        c.reverts === null &&
        l.statuses.get(c.id)?.state === "suspended" &&
        c.dependsOn.some((d) => l.all.some((r) => r.reverts === d && r.seq < c.seq)),
    ),
  "a redo in force": (l) =>
    l.all.some(
      (c) =>
        c.op === "revert" &&
        !l.statuses.has(c.id) &&
        l.all.some((r) => r.id === c.reverts && r.op === "revert"),
    ),
  "two live reverts of one change": (l) =>
    l.all.some((c) => l.all.filter((r) => r.reverts === c.id && !l.statuses.has(r.id)).length > 1),
  "a revert of a change of the same append": (l) =>
    l.all.some((c) => l.all.some((r) => r.id === c.reverts && r.groupId === c.groupId)),
  "a purged memory": (l) => viewsOf(l).some((v) => v.erased),
  "a purged merge result": (l) => viewsOf(l).some((v) => v.erased && isResult(l, v.id)),
  "a revert of a change of a purged memory": (l) =>
    l.all.some(
      (c) =>
        c.op === "revert" &&
        viewOf(l, c.target.id)?.erased &&
        l.all.some((p) => p.op === "purge" && p.target.id === c.target.id && p.seq < c.seq),
    ),
  "a decision whose evidence is gone": (l) => l.unsupported.size > 0,
  "a superseded memory": (l) => viewsOf(l).some((v) => v.exists && v.supersededBy !== null),
  "a contest left by a reverted supersession": (l) =>
    viewsOf(l).some((v) => v.exists && v.contestedWith.length > 0),
  "evidence of a relation": (l) =>
    [...l.projected.values()].some(
      (own) => own.type === "relation" && Object.keys(own.of.evidence).length > 0,
    ),
  "an entity under another one's name": (l) =>
    [...l.state().entities.values()].some((own) => own.aliases.length > 0),
  "a hidden entity": (l) => [...l.state().entities.values()].some((own) => own.hides.length > 0),
  "an entity of which nothing is said any more": (l) =>
    [...l.projected.values()].some((own) => own.type === "entity" && own.of.name === ""),
  "an edge that people made and weighed": (l) =>
    [...l.state().edges.values()].some(
      (own) => own.presence.length > 0 && Object.keys(own.evidence).length > 0,
    ),
  "a whole cycle": (l) => new Set(l.all.filter((c) => c.cycleId !== null).map((c) => c.op)).size >= 4,
  "a cycle of which one item was taken back": (l) =>
    l.all.some(
      (c) =>
        c.cycleId !== null &&
        l.statuses.get(c.id)?.state === "reverted" &&
        l.all.some((o) => o.cycleId === c.cycleId && !l.statuses.has(o.id)),
    ),
  "a tuned parameter": (l) => l.state().parameters.size > 0,
};

it("the random histories reach every situation that the laws are about", async () => {
  const reached = new Map(Object.keys(SITUATIONS).map((name) => [name, 0]));
  const property = fc.asyncProperty(story, async ({ steps }) => {
    const { ledger, play } = playerOn(inMemoryLedger());
    await play(steps);
    for (const [name, isReached] of Object.entries(SITUATIONS)) {
      if (isReached(ledger)) reached.set(name, (reached.get(name) ?? 0) + 1);
    }
  });
  await fc.assert(property, { seed: 1, numRuns: 600 });
  const rare = [...reached].filter(([, times]) => times < 6);
  expect(rare).toEqual([]);
});
