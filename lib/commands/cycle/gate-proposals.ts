import { atMost, gateOf, subjectOf, type Gate, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { breathe, type CycleRun } from "./cycle-run";
import { CONSTANTS } from "@/lib/domain/parameters";
import { groupBy } from "@/lib/domain/group-by";
import { insertProposals, type CycleMetrics, type NewProposal, type Predicted } from "@/lib/store/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { newPlainId } from "@/lib/commands/context";
import { rehearse, type Effect } from "./rehearse";
import { riskOf, withAcceptance } from "@/lib/domain/cycle/risk";
import { withinBounds } from "@/lib/domain/cycle/bounds";
import type { Helped } from "./own-effects";

/** A proposal with its draft, as it was written down. */
export interface Gated {
  readonly draft: ProposalDraft;
  readonly row: NewProposal;
}

export interface GateResult {
  readonly gated: readonly Gated[];
  readonly predicted: CycleMetrics["predicted"];
}

/** Rejected candidates are kept to be looked at, the surest of each kind. */
const MOST_REJECTED = 100;

/** Tests every draft, keeps within the bounds of one cycle, rehearses what is left, and writes all of them down. */
export async function gateProposals(
  run: CycleRun,
  drafts: readonly ProposalDraft[],
  { active, helped }: { readonly active: number; readonly helped: Helped },
) {
  const tested = drafts.map((draft) => ({ draft, gate: withAcceptance(draft, run.parameters) }));
  const passing = tested.filter((t) => t.gate.passed).map((t) => t.draft);
  const { kept, heldBack } = withinBounds(passing, active, run.parameters);
  const { apart, overlapping } = apartFrom(kept);
  await breathe(run);
  const { effects, predicted } = await rehearse(run, apart, helped);
  await breathe(run);
  const survived = apart.map((draft) =>
    rowOf(run, draft, { gate: withAcceptance(draft, run.parameters), effect: effects.get(draft) }),
  );
  const failing = [
    ...groupBy(
      tested.filter((t) => !t.gate.passed),
      (t) => t.draft.kind,
    ).values(),
  ]
    .flatMap((of) => of.sort((a, b) => b.draft.certainty - a.draft.certainty).slice(0, MOST_REJECTED))
    .map(({ draft, gate }) => rowOf(run, draft, { gate, effect: undefined }));
  const gated = [...survived, ...failing];
  await inWorkspace(run.ctx.workspaceId, (tx) =>
    insertProposals(
      tx,
      gated.map((g) => g.row),
    ),
  );
  const count = (state: string) => gated.filter((g) => g.row.state === state).length;
  return {
    counts: {
      tested: drafts.length,
      passed: count("waiting"),
      rejected: tested.length - passing.length + survived.filter((g) => g.row.state === "rejected").length,
      heldBack: heldBack.length + overlapping.length,
    },
    value: { gated, predicted } satisfies GateResult,
  };
}

/** Of proposals that move the same target the surest is kept; the next cycle finds the others again, if they still make sense. */
function apartFrom(drafts: readonly ProposalDraft[]) {
  const taken = new Set<string>();
  const [apart, overlapping]: [ProposalDraft[], ProposalDraft[]] = [[], []];
  for (const draft of drafts) {
    const isFree = draft.targets.every((t) => !taken.has(t.id));
    (isFree ? apart : overlapping).push(draft);
    if (isFree) for (const target of draft.targets) taken.add(target.id);
  }
  return { apart, overlapping };
}

const NOTHING: Predicted = { affected: 0, ndcgDelta: null, interval: null, queries: [] };

function rowOf(
  run: CycleRun,
  draft: ProposalDraft,
  { gate, effect }: { readonly gate: Gate; readonly effect: Effect | undefined },
): Gated {
  const now = run.ctx.now();
  const full =
    draft.kind === "merge" && effect
      ? gateOf([
          ...gate.figures,
          atMost("recalls that found a source and would not find the result", effect.lost, 0),
        ])
      : gate;
  const state = !full.passed ? "rejected" : typeof effect?.failed === "string" ? "failed" : "waiting";
  return {
    draft,
    row: {
      id: newPlainId(),
      cycleId: run.id,
      kind: draft.kind,
      state,
      risk: riskOf(draft, run.parameters),
      subject: subjectOf(draft),
      title: draft.title,
      why: draft.why,
      targets: draft.targets,
      before: draft.before,
      after: draft.after,
      // A payload is plain JSON by its type.
      payload: draft.payload as unknown as NewProposal["payload"],
      certainty: Math.min(1, Math.max(0, draft.certainty)),
      uses: draft.uses,
      gate: full,
      support: draft.support,
      predicted: { ...(effect?.predicted ?? NOTHING), ...draft.predicted },
      expiresAt: new Date(now + run.parameters["cycle.expiry.days"] * CONSTANTS.millisPerDay),
      createdAt: new Date(now),
    },
  };
}
