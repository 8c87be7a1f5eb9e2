import { harmSupport } from "@/lib/domain/safety/sequential-test";
import { atLeast, gateOf, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { memoryId } from "@/lib/domain/ids";
import { observationsOf } from "@/lib/queries/memory-observations";
import { suspects } from "@/lib/queries/safety";
import type { Proposer } from "./proposer";

/** Memories whose outcomes are bad enough by the sequential test; each rests on the very observations that speak against it. */
export const proposeQuarantine: Proposer = async (view) => {
  const found = (await suspects(view.tx, view.parameters)).filter(
    (s) => !view.isSettled("quarantine", [s.memoryId]),
  );
  const uses = await view.usesOf(found.map((s) => s.memoryId));
  const drafts: ProposalDraft[] = [];
  for (const { memoryId: id, label, ratio, threshold, accusers } of found) {
    await view.breathe();
    const observed = await observationsOf(view.tx, memoryId(id));
    drafts.push({
      kind: "quarantine",
      title: `Quarantine «${label}»`,
      why: `Answers that used it failed too often to be chance: ${ratio.toFixed(1)} nats against it, by ${accusers === 1 ? "one source" : `${String(accusers)} independent sources`}. In quarantine it is in no recall until somebody releases it.`,
      targets: [{ type: "memory", id, label }],
      before: "in recalls",
      after: "in quarantine",
      payload: { memory: id },
      // Λ nats mean that e^Λ times as much speaks for a harmful memory as for a good one.
      certainty: 1 - Math.exp(-ratio),
      uses: uses.get(id) ?? 0,
      gate: gateOf([
        atLeast("evidence of harm, in nats", ratio, threshold),
        atLeast("sources that speak against it", accusers, 1),
      ]),
      support: harmSupport(
        observed.map(({ change, weight }) => ({ change: change.id, weight })),
        view.parameters,
      ),
    });
  }
  return drafts;
};
