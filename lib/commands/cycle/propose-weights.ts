import { CONSTANTS } from "@/lib/domain/parameters";
import { judgedRecalls } from "@/lib/queries/judged-recalls";
import { preferredWeights, weightsGate, type JudgedRecall } from "@/lib/domain/cycle/weights";
import { tuningDraft } from "./tuning-draft";
import type { Proposer, ProposerView } from "./proposer";

/** Judged recalls that are learned from and tested on, the newest. */
const MOST = 2000;
const LOOKS_BACK_DAYS = 90;

/**
 * Weights that judged recalls prefer: fitted on the earlier half of them, tested on the later one. Tried again only when as
 * many new recalls were judged as are held out, and each try has its own share of the error that all together may make.
 */
export const proposeWeights: Proposer = async (view) => {
  const { parameters } = view;
  const recalls = await loggedUnder(view);
  if (recalls.length < parameters["cycle.weights.fewest"]) return [];
  const earlier = await attempts(view);
  if (recalls.filter((r) => r.at > earlier.last).length * 2 < parameters["cycle.weights.fewest"]) return [];
  const middle = Math.floor(recalls.length / 2);
  const wanted = preferredWeights(recalls.slice(0, middle), parameters);
  await view.breathe();
  if (wanted === null) return [];
  const { gate, gain } = weightsGate(recalls.slice(middle), wanted.scales, { attempt: earlier.count + 1, parameters });
  return [tuningDraft({
    kind: "weights", values: wanted.values, gate,
    title: "Weigh what recalls rank by as judged recalls prefer",
    why: `${String(recalls.length)} judged recalls, the earlier half to learn from and the later half to test on: nDCG@10 ${gain === null ? "cannot be told" : `changes by ${gain.mean.toFixed(4)}`} there.`,
    ...(gain === null ? {} : { predicted: { ndcgDelta: gain.mean, interval: [gain.low, gain.high] as const } }),
  })];
};

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
  return rows.reverse().map(({ id, at, candidates, shown, helped, seed }) => ({ id, at: at.getTime(), candidates, shown, helped: new Set(helped), explored: seed !== null }));
}

/** How often new weights were tried here, and when last. */
async function attempts({ tx }: ProposerView): Promise<{ readonly count: number; readonly last: number }> {
  const [row] = await tx.$queryRaw<{ count: bigint; last: Date | null }[]>`
    SELECT count(*) AS "count", max("createdAt") AS "last" FROM "Proposal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "kind" = 'weights'`;
  return { count: Number(row?.count ?? 0), last: row?.last?.getTime() ?? 0 };
}
