import { CONSTANTS, isParameterName } from "@/lib/domain/parameters";
import { judgedRecalls } from "@/lib/queries/judged-recalls";
import {
  EVIDENCE,
  preferredWeights,
  scalesOf,
  weightsGate,
  type ProposedWeights,
  type WeightsGate,
} from "@/lib/domain/cycle/weights";
import { tuningDraft } from "./tuning-draft";
import type { JudgedRecall } from "@/lib/domain/cycle/judged-recall";
import type { Gate, ProposalDraft, ProposalPayloads } from "@/lib/domain/cycle/proposal";
import type { Proposer, ProposerView } from "./proposer";

/** Judged recalls that are learned from and tested on, the newest. */
const MOST = 2000;
const LOOKS_BACK_DAYS = 90;

/**
 * Weights that judged recalls prefer: fitted on the earlier half of them, tested on the later one. Tried again only when as
 * many new recalls were judged as are held out, and each try has its own share of the error that all together may make.
 * Weights whose bet stood even or better, but had not grown enough, are tested further on the new recalls before others are tried.
 */
export const proposeWeights: Proposer = async (view) => {
  const { parameters } = view;
  const recalls = await loggedUnder(view);
  if (recalls.length < parameters["cycle.weights.fewest"]) return [];
  const earlier = await attempts(view);
  const since = recalls.filter((r) => r.at > earlier.last);
  if (since.length * 2 < parameters["cycle.weights.fewest"]) return [];
  const promising = await unproven(view);
  if (promising !== null)
    return [
      draftOf(promising.values, {
        recalls: since,
        ...weightsGate(since, scalesOf(promising.values), {
          attempt: earlier.count,
          staked: promising.staked,
          parameters,
        }),
      }),
    ];
  const middle = Math.floor(recalls.length / 2);
  const wanted = preferredWeights(recalls.slice(0, middle), parameters);
  await view.breathe();
  if (wanted === null) return [];
  return [
    draftOf(wanted.values, {
      recalls,
      ...weightsGate(recalls.slice(middle), wanted.scales, {
        attempt: earlier.count + 1,
        staked: 1,
        parameters,
      }),
      isFirst: true,
    }),
  ];
};

interface Tested extends WeightsGate {
  readonly recalls: readonly JudgedRecall[];
  /** Fitted just now; otherwise kept from an earlier cycle and tested further. */
  readonly isFirst?: boolean;
}

function draftOf(
  values: ProposedWeights["values"],
  { recalls, gate, gain, isFirst = false }: Tested,
): ProposalDraft {
  const tested = isFirst
    ? "judged recalls, the earlier half to learn from and the later half to test on"
    : "judged recalls since these weights were last tested; their bet goes on";
  return tuningDraft({
    kind: "weights",
    values,
    gate,
    title: "Weigh what recalls rank by as judged recalls prefer",
    why: `${String(recalls.length)} ${tested}: nDCG@10 ${gain === null ? "cannot be told" : `changes by ${gain.mean.toFixed(4)}`} there.`,
    ...(gain === null
      ? {}
      : { predicted: { ndcgDelta: gain.mean, interval: [gain.low, gain.high] as const } }),
  });
}

interface TimedRecall extends JudgedRecall {
  readonly at: number;
}

/** Judged recalls since the weights were last tuned by anybody, oldest first: earlier ones were ranked by others. */
async function loggedUnder(view: ProposerView): Promise<TimedRecall[]> {
  const [row] = await view.tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max("at") AS "at" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "targetType" = 'workspace'
      AND ("op" = 'tune' AND "payload"->>'name' LIKE 'recall.weight.%' OR "op" = 'revert')`;
  const from = Math.max(view.now - LOOKS_BACK_DAYS * CONSTANTS.millisPerDay, row?.at?.getTime() ?? 0);
  const rows = await judgedRecalls(view.tx, { from, to: view.now, most: MOST });
  return rows.reverse().map(({ id, at, candidates, shown, helped, seed }) => ({
    id,
    at: at.getTime(),
    candidates,
    shown,
    helped: new Set(helped),
    explored: seed !== null,
  }));
}

/** How many different weights were tried here, and when last. */
async function attempts({ tx }: ProposerView): Promise<{ readonly count: number; readonly last: number }> {
  const [row] = await tx.$queryRaw<{ count: bigint; last: Date | null }[]>`
    SELECT count(DISTINCT "payload"->>'values') AS "count", max("createdAt") AS "last" FROM "Proposal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "kind" = 'weights'`;
  return { count: Number(row?.count ?? 0), last: row?.last?.getTime() ?? 0 };
}

interface Unproven {
  readonly values: ProposedWeights["values"];
  /** ≥ 1: what their bet has grown to. */
  readonly staked: number;
}

/** The weights tried last, when only more recalls can tell whether they are better: rejected, not losing, and made for the weights in force. */
async function unproven({ tx, parameters }: ProposerView): Promise<Unproven | null> {
  const [row] = await tx.$queryRaw<{ state: string; payload: ProposalPayloads["weights"]; gate: Gate }[]>`
    SELECT "state", "payload", "gate" FROM "Proposal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "kind" = 'weights' ORDER BY "createdAt" DESC LIMIT 1`;
  if (row?.state !== "rejected") return null;
  const staked = row.gate.figures.find(({ name }) => name === EVIDENCE)?.value ?? 0;
  const values = row.payload.values.flatMap((own) =>
    isParameterName(own.name) ? [{ ...own, name: own.name }] : [],
  );
  return staked >= 1 && values.every(({ name, before }) => parameters[name] === before)
    ? { values, staked }
    : null;
}
