/** That cycles get better at proposing: after a hundred decisions the review queue holds fewer proposals that nobody wants. */
import { expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { cycleOf, mergeOf, proposing } from "../support/cycles";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { inWorkspace } from "@/lib/store/prisma";
import { listChanges } from "@/lib/queries/timeline";
import { parametersIn } from "@/lib/queries/parameters";
import { precisionAbove } from "@/lib/domain/cycle/acceptance";
import { proposeThresholds } from "@/lib/commands/cycle/propose-thresholds";
import { revert } from "@/lib/commands/revert";
import { seededRandom } from "../support/seeded-random";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { DAY, freshWorkspace } from "../support/workspace";

const ROUNDS = 5;
const PER_ROUND = 20;

/** Somebody who agrees the more often the surer the proposer is: one in eight at .6, seven in eight at .95. */
const agrees = (certainty: number, chance: number): boolean =>
  chance < 1 / (1 + Math.exp(-(certainty - 0.78) / 0.08));

it(
  "after 100 decisions the merge queue's precision rises on held-out pairs, by tuned thresholds that one revert takes back",
  { timeout: 120_000 },
  async () => {
    const workspace = await freshWorkspace();
    const { owner } = workspace;
    const random = seededRandom(7);
    for (const [name, value] of [
      ["cycle.bound.status", 1],
      ["cycle.accept.merge", 0.6],
      ["cycle.auto.merge", 1.01],
    ] as const)
      await tuneParameter(owner, { name, value });
    const texts = Array.from({ length: ROUNDS * PER_ROUND * 2 }, (_, i) => ({
      content: `memory number ${String(i)}`,
    }));
    const ids = (await createMemories(owner, texts)).items.map((item) => item.memory.id);
    const threshold = () =>
      inWorkspace(workspace.workspaceId, async (tx) => (await parametersIn(tx))["cycle.accept.merge"]);
    const first = await threshold();
    const heldOut = Array.from({ length: 400 }, () => {
      const certainty = 0.6 + 0.36 * random();
      return { certainty, accepted: agrees(certainty, random()), fold: 0 };
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      const drafts = Array.from({ length: PER_ROUND }, (_, i) => {
        const at = (round * PER_ROUND + i) * 2;
        return mergeOf([ids[at] ?? "", ids[at + 1] ?? ""], 0.6 + 0.36 * random());
      });
      const { id, proposals } = await cycleOf(owner, {
        proposers: [...proposing(drafts).proposers, { name: "thresholds", propose: proposeThresholds }],
      });
      const merges = proposals.filter((p) => p.kind === "merge" && p.state === "waiting");
      const approve = merges.filter((p) => agrees(p.certainty, random())).map((p) => p.id);
      const decline = merges.map((p) => p.id).filter((p) => !approve.includes(p));
      await decideProposals(owner, { id, approve, decline });
      workspace.clock.advance(DAY);
    }
    await cycleOf(owner, { proposers: [{ name: "thresholds", propose: proposeThresholds }] });
    const learned = await threshold();
    expect(learned).toBeGreaterThan(first);
    const [before, after] = [precisionAbove(heldOut, first), precisionAbove(heldOut, learned)];
    // With this seed .45 at the start and .55 to .57 after, of pairs that nobody decided; which fifth is held out when is chance.
    expect(after).toBeGreaterThan(before + 0.08);
    const wanted = heldOut.filter((d) => d.accepted);
    expect(wanted.filter((d) => d.certainty >= learned).length / wanted.length).toBeGreaterThan(0.8);
    const tunes = (await listChanges(owner, { op: "tune" })).items.filter((c) => c.cycleId !== null);
    await revert(owner, { changeIds: tunes.map((c) => c.id) });
    expect(await threshold()).toBe(first);
  },
);
