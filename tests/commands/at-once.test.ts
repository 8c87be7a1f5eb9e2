/** That commands which arrive at the same moment are one after the other in the ledger, and each does its own part. */
import { expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { getMemory } from "@/lib/queries/memory";
import { verify } from "@/lib/queries/verify";
import { freshWorkspace } from "../support/workspace";

const TIMES = 20;
const many = <T>(make: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: TIMES }, (_, n) => make(n)));

it("verdicts of many callers at once all count", async () => {
  const workspace = await freshWorkspace();
  const { memory } = await createMemory(workspace.owner, { content: "much praised" });
  const said = await many(() =>
    recordSignal(workspace.owner, { memories: [{ memoryId: memory.id, verdict: "helpful" }] }),
  );
  const { memory: after } = await getMemory(workspace.owner, { id: memory.id });
  expect(after.evidence).toEqual({ alpha: TIMES, beta: 0 });
  const seqs = said.flatMap((s) => s.changes.map((c) => c.seq)).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: TIMES }, (_, n) => n + 2));
});

it("the same words from many callers at once are one memory, supported by the others", async () => {
  const { owner } = await freshWorkspace();
  const made = await many(() => createMemory(owner, { content: "said by everybody" }));
  expect(new Set(made.map((m) => m.memory.id)).size).toBe(1);
  expect(made.filter((m) => m.duplicate !== true)).toHaveLength(1);
  const { memory } = await getMemory(owner, { id: made[0]?.memory.id ?? "" });
  expect(memory.evidence.alpha).toBeCloseTo((TIMES - 1) * 0.25, 9);
});

it("one change reverted by many at once is reverted once", async () => {
  const { owner } = await freshWorkspace();
  const { changes } = await createMemory(owner, { content: "taken back by everybody" });
  const done = await many(() => revert(owner, { changeIds: changes.map((c) => c.id) }));
  expect(done.filter((d) => d.changes.length === 1)).toHaveLength(1);
  expect(done.filter((d) => d.alreadyReverted === true)).toHaveLength(TIMES - 1);
});

it("commands of every kind at once leave a ledger without a gap that verifies", async () => {
  const { owner, ordinary } = await freshWorkspace();
  const { memory, changes } = await createMemory(owner, { content: "in the middle of it all" });
  const { id } = memory;
  await many((n): Promise<unknown> => {
    if (n % 5 === 0) return createMemory(ordinary, { content: `number ${n}` });
    if (n % 5 === 1)
      return updateMemory(owner, { id, content: `edit ${n}`, tags: [`${n}`] }).catch(() => null);
    if (n % 5 === 2) return recordSignal(ordinary, { memories: [{ memoryId: id, verdict: "harmful" }] });
    if (n % 5 === 3) return tuneParameter(owner, { name: "learning.prior.alpha", value: n });
    return revert(owner, { changeIds: changes.map((c) => c.id) });
  });
  const found = await verify(owner);
  expect(found).toMatchObject({ ok: true, chain: { checked: found.head.seq } });
  expect(found.head.seq).toBeGreaterThan(TIMES / 2);
});
