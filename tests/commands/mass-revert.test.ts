/** That taking back all of one source leaves what the others made, as if the source had never been (law 11). */
import { expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { updateMemory } from "@/lib/commands/update-memory";
import { listMemories } from "@/lib/queries/list-memories";
import { verify } from "@/lib/queries/verify";
import { seededRandom } from "../support/seeded-random";
import { freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

const MEMORIES = 6;
const STEPS = 40;

/**
 * The same history with or without the strange key. Every edit moves something in both: what is there already is not
 * written again, so an owner who only confirms what a stranger did leaves no change of their own.
 */
async function play(seed: number, isStrangerThere: boolean) {
  const workspace = await freshWorkspace();
  const random = seededRandom(seed);
  const ids: string[] = [];
  for (let n = 0; n < MEMORIES; n += 1)
    ids.push((await createMemory(workspace.owner, { content: `memory ${n}` })).memory.id);
  for (let step = 0; step < STEPS; step += 1) {
    const [who, which, what, verdict] = [random(), random(), random(), random()];
    const isStranger = who < 0.4;
    workspace.clock.advance(HOUR);
    if (isStranger && !isStrangerThere) continue;
    const ctx = isStranger ? workspace.low : workspace.owner;
    const id = ids[Math.floor(which * MEMORIES)] ?? "";
    if (what < 0.6)
      await recordSignal(ctx, {
        memories: [{ memoryId: id, verdict: verdict < 0.5 ? "helpful" : "harmful" }],
      });
    else if (what < 0.8) await updateMemory(ctx, { id, content: `memory rewritten in step ${step}` });
    else
      await updateMemory(ctx, {
        id,
        tags: [`step ${step}`],
      });
  }
  return { workspace, ids };
}

async function standing({ workspace, ids }: { workspace: TestWorkspace; ids: readonly string[] }) {
  const { items } = await listMemories(workspace.owner, { lifecycle: "all" });
  return items
    .map(({ id, seq: _seq, createdAt: _created, updatedAt: _updated, validAt: _valid, ...rest }) => ({
      name: ids.indexOf(id),
      ...rest,
    }))
    .sort((a, b) => a.name - b.name);
}

it.each([1, 2, 3, 4])("(seed %d) the state is that of the same history without the source", async (seed) => {
  const [with_, without] = [await play(seed, true), await play(seed, false)];
  const { low, owner } = with_.workspace;
  expect(await standing(with_)).not.toEqual(await standing(without));
  const done = await revert(owner, { select: { apiKeyId: low.actor.slice("key:".length) } });
  expect(done.reverted.length).toBeGreaterThan(STEPS / 10);
  expect(await standing(with_)).toEqual(await standing(without));
  expect(await verify(owner)).toMatchObject({ ok: true });
});
