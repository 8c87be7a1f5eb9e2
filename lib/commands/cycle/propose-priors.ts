import { decidedProposals } from "@/lib/queries/decided-proposals";
import { groupBy } from "@/lib/domain/group-by";
import { learnPrior } from "@/lib/domain/cycle/prior";
import { PARAMETERS } from "@/lib/domain/parameters";
import { isJudged, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { seeded } from "@/lib/domain/learning/explore";
import { kindWords } from "./kind-words";
import { tuningDraft } from "./tuning-draft";
import type { Proposer } from "./proposer";

/**
 * What a cycle holds of a kind of proposal before it looks at one: it rises with what is accepted and stands, and falls with what
 * is declined or taken back. The gate of every proposal adds it to the proposer's own certainty.
 */
export const proposePriors: Proposer = async ({ tx, now, parameters }) => {
  const byKind = groupBy(await decidedProposals(tx, now), (d) => d.kind);
  return [...byKind].flatMap(([kind, decided]): ProposalDraft[] => {
    if (!isJudged(kind)) return [];
    const name = `cycle.prior.${kind}` as const;
    const { min, max } = PARAMETERS[name];
    const found = learnPrior(
      decided.map(({ id, certainty, accepted }) => ({ certainty, accepted, fold: seeded(id) })),
      {
        value: parameters[name],
        step: parameters["cycle.bound.prior"],
        min,
        max,
        fewest: parameters["cycle.decisions.fewest"],
      },
    );
    if (found === null) return [];
    const accepted = decided.filter((d) => d.accepted).length;
    return [
      tuningDraft({
        kind: "threshold",
        values: [{ name, before: parameters[name], value: found.value }],
        gate: found.gate,
        title: `Be ${found.value > parameters[name] ? "surer" : "less sure"} of a ${kindWords[kind]} from the start`,
        why: `Of ${String(decided.length)} that were decided, ${String(accepted)} were accepted and stand, which is ${found.value > parameters[name] ? "more" : "fewer"} than their certainty foretold.`,
      }),
    ];
  });
};
