import { learnThreshold, type Decided } from "@/lib/domain/cycle/acceptance";
import { decidedProposals, type DecidedProposal } from "@/lib/queries/decided-proposals";
import { kindWords } from "./kind-words";
import { PARAMETERS, type Parameters } from "@/lib/domain/parameters";
import { groupBy } from "@/lib/domain/group-by";
import { PROPOSAL_KINDS, type ProposalDraft, type ProposalKind } from "@/lib/domain/cycle/proposal";
import { sureOf } from "@/lib/domain/cycle/risk";
import { seeded } from "@/lib/domain/learning/explore";
import { tuningDraft } from "./tuning-draft";
import type { Proposer, ProposerView } from "./proposer";

/**
 * Where improvement improves: what became of earlier proposals moves how sure one has to be to be made, and to apply itself.
 * Accepted is what a person approved and nobody took back; declined, or taken back, is not.
 */
export const proposeThresholds: Proposer = async (view) => {
  const byKind = groupBy(await decidedProposals(view.tx, view.now), (d) => d.kind);
  return PROPOSAL_KINDS.flatMap((kind) => [
    ...learned(view, kind, { goal: "accept", decisions: byKind.get(kind) ?? [] }),
    ...learned(view, kind, { goal: "auto", decisions: byKind.get(kind) ?? [] }),
  ]);
};

interface Asked {
  readonly goal: "accept" | "auto";
  readonly decisions: readonly DecidedProposal[];
}

function learned(
  { parameters }: ProposerView,
  kind: ProposalKind,
  { goal, decisions }: Asked,
): ProposalDraft[] {
  const name = `cycle.${goal}.${kind}` as const;
  const { min, max } = PARAMETERS[name];
  const value = parameters[name];
  // Above 1 a person has switched self-application off, and no number of approvals switches it on.
  if (value > 1) return [];
  const found = learnThreshold(
    decisions.map((d) => asDecided(d, parameters)),
    {
      value,
      step: parameters["cycle.bound.weight"],
      min,
      max: Math.min(1, max),
      fewest: parameters["cycle.decisions.fewest"],
      precision: goal === "accept" ? parameters["cycle.precision"] : parameters["cycle.auto.precision"],
    },
  );
  if (found === null) return [];
  const accepted = decisions.filter((d) => d.accepted).length;
  return [
    tuningDraft({
      kind: "threshold",
      values: [{ name, before: value, value: found.value }],
      gate: found.gate,
      title:
        goal === "accept"
          ? `Propose a ${kindWords[kind]} from a certainty of ${found.value.toFixed(2)} on`
          : `Let a ${kindWords[kind]} apply itself from a certainty of ${found.value.toFixed(2)} on`,
      why: `Of ${String(decisions.length)} that were decided, ${String(accepted)} were accepted and stand.`,
    }),
  ];
}

/** On the scale that a gate compares with the threshold now. */
const asDecided = ({ id, kind, certainty, accepted }: DecidedProposal, parameters: Parameters): Decided => ({
  certainty: sureOf({ kind, certainty }, parameters),
  accepted,
  fold: seeded(id),
});
