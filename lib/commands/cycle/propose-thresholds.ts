import { learnThreshold, type Decided } from "@/lib/domain/cycle/acceptance";
import { PARAMETERS, CONSTANTS } from "@/lib/domain/parameters";
import { groupBy } from "@/lib/domain/group-by";
import { PROPOSAL_KINDS, type ProposalDraft, type ProposalKind } from "@/lib/domain/cycle/proposal";
import { seeded } from "@/lib/domain/learning/explore";
import { tuningDraft } from "./tuning-draft";
import type { Proposer, ProposerView } from "./proposer";

/** Days that a proposal which applied itself has to stand before it counts as accepted. */
const STANDS_DAYS = CONSTANTS.lastWatchDay;
const MOST = 5000;

/**
 * Where improvement improves: what became of earlier proposals moves how sure one has to be to be made, and to apply itself.
 * Accepted is what a person approved and nobody took back; declined, or taken back, is not.
 */
export const proposeThresholds: Proposer = async (view) => {
  const byKind = groupBy(await decided(view), (d) => d.kind);
  return PROPOSAL_KINDS.flatMap((kind) => [...learned(view, kind, { goal: "accept", decisions: byKind.get(kind) ?? [] }), ...learned(view, kind, { goal: "auto", decisions: byKind.get(kind) ?? [] })]);
};

interface Asked {
  readonly goal: "accept" | "auto";
  readonly decisions: readonly DecidedRow[];
}

function learned({ parameters }: ProposerView, kind: ProposalKind, { goal, decisions }: Asked): ProposalDraft[] {
  const name = `cycle.${goal}.${kind}` as const;
  const { min, max } = PARAMETERS[name];
  const value = parameters[name];
  // Above 1 a person has switched self-application off, and no number of approvals switches it on.
  if (value > 1) return [];
  const found = learnThreshold(decisions.map(asDecided), {
    value, step: parameters["cycle.bound.weight"], min, max: Math.min(1, max), fewest: parameters["cycle.decisions.fewest"],
    precision: goal === "accept" ? parameters["cycle.precision"] : parameters["cycle.auto.precision"],
  });
  if (found === null) return [];
  const accepted = decisions.filter((d) => d.accepted).length;
  return [tuningDraft({
    kind: "threshold", values: [{ name, before: value, value: found.value }], gate: found.gate,
    title: goal === "accept" ? `Propose a ${WORDS[kind]} from a certainty of ${found.value.toFixed(2)} on` : `Let a ${WORDS[kind]} apply itself from a certainty of ${found.value.toFixed(2)} on`,
    why: `Of ${String(decisions.length)} that were decided, ${String(accepted)} were accepted and stand.`,
  })];
}

const WORDS: Readonly<Record<ProposalKind, string>> = {
  merge: "merge", supersede: "supersession", contest: "contradiction", quarantine: "quarantine", archive: "move to the archive", link: "link",
  weights: "change of weights", threshold: "change of a threshold", halfLife: "change of a half-life", trust: "change of trust", calibration: "calibration",
};

interface DecidedRow {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly certainty: number;
  readonly accepted: boolean;
}

const asDecided = ({ id, certainty, accepted }: DecidedRow): Decided => ({ certainty, accepted, fold: seeded(id) });

/** The newest proposals that somebody decided, or that applied themselves and have stood for a week, or were taken back. */
function decided({ tx, now }: ProposerView): Promise<DecidedRow[]> {
  const stood = new Date(now - STANDS_DAYS * CONSTANTS.millisPerDay);
  return tx.$queryRaw<DecidedRow[]>`
    SELECT * FROM (
      SELECT p."id", p."kind", p."certainty", p."decidedAt", p."state" = 'applied' AND NOT x."reverted" AS "accepted"
      FROM "Proposal" p CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = p."workspaceId" AND s."changeId" = ANY(p."changeIds") AND s."state" = 'reverted') AS "reverted") x
      WHERE p."workspaceId" = current_setting('app.workspace')::uuid
        AND (p."state" = 'declined' OR (p."state" = 'applied' AND (p."decidedBy" NOT LIKE 'cycle:%' OR x."reverted" OR p."decidedAt" < ${stood})))
      ORDER BY p."decidedAt" DESC, p."id" LIMIT ${MOST}) d ORDER BY d."decidedAt", d."id"`;
}
