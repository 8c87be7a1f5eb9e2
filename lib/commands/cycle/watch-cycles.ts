import { aftermathOf, appliedAt } from "@/lib/queries/cycle-aftermath";
import { compare } from "@/lib/queries/quality";
import { CONSTANTS } from "@/lib/domain/parameters";
import { cycleRows, measureProposals, updateCycle, type CycleRow, type Watched } from "@/lib/store/cycles";
import { estimate } from "@/lib/domain/learning/comparison";
import { harmEvidence } from "@/lib/domain/cycle/harm";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { judgedRecalls, type JudgedRow } from "@/lib/queries/judged-recalls";
import { parametersIn } from "@/lib/queries/parameters";
import { sql } from "@/lib/store/sql";
import { takeBack } from "./take-back";
import { tell, type CycleContext } from "./cycle-run";
import { withStage } from "@/lib/domain/cycle/cycle";
import { brand, type CycleId } from "@/lib/domain/ids";

const DAYS = [CONSTANTS.firstWatchDay, CONSTANTS.lastWatchDay];
const MOST_JUDGED = 2000;

/** Looks at what came of the cycles in force: measured against predicted on the first and the seventh day, and harm at any time. */
export async function watchCycles(
  ctx: CycleContext,
): Promise<{ readonly measured: number; readonly rolledBack: number }> {
  const watched = await inWorkspace(ctx.workspaceId, (tx) =>
    cycleRows(
      tx,
      sql`y."state" IN ('applied', 'partly', 'waiting') AND NOT y."dryRun" AND y."stages" @> '[{"stage": "watch", "state": "waiting"}]'::jsonb`,
    ),
  );
  let [measured, rolledBack] = [0, 0];
  for (const row of watched) {
    const seen = await lookAt(ctx, row);
    if (seen === null) continue;
    if (seen.harmful) {
      await rollBack(ctx, row, seen.entry);
      rolledBack += 1;
    } else if (seen.due) {
      await note(ctx, row, seen.entry);
      measured += 1;
    }
  }
  return { measured, rolledBack };
}

interface Seen {
  readonly entry: Watched;
  readonly harmful: boolean;
  readonly due: boolean;
}

/** null: nothing of it is in force. */
function lookAt(ctx: CycleContext, row: CycleRow): Promise<Seen | null> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const since = await appliedAt(tx, row.id);
    if (since === null) return null;
    const now = ctx.now();
    const parameters = await parametersIn(tx);
    const harm = harmEvidence(await aftermathOf(tx, row.id, since));
    const age = (now - since.getTime()) / CONSTANTS.millisPerDay;
    const day = DAYS.find((d) => age >= d && !row.watch.some((w) => w.day === d));
    const judged = (await judgedRecalls(tx, { from: since.getTime() + 1, to: now, most: MOST_JUDGED })).map(
      compare,
    );
    const [after, before] = [estimate(judged.map((c) => c.learned.ndcg)), row.metrics.before.ndcg];
    const measured = after === null || before === null ? null : after.mean - before.mean;
    // Both means have errors of their own, which add up as variances do.
    const half =
      after === null || before === null ? 0 : Math.hypot(after.high - after.mean, before.high - before.mean);
    const entry: Watched = {
      day: day ?? Math.floor(age),
      predicted: row.metrics.predicted.ndcgDelta,
      measured,
      interval: measured === null ? null : [measured - half, measured + half],
      judged: judged.length,
      harm,
      at: new Date(now).toISOString(),
    };
    return { entry, harmful: harm >= parameters["cycle.harm.threshold"], due: day !== undefined };
  });
}

async function note(ctx: CycleContext, row: CycleRow, entry: Watched): Promise<void> {
  await inWorkspace(ctx.workspaceId, async (tx) => {
    const since = (await appliedAt(tx, row.id))?.getTime() ?? ctx.now();
    const rows = await judgedRecalls(tx, { from: since + 1, to: ctx.now(), most: MOST_JUDGED });
    const judged = rows.map(compare);
    const after = {
      ndcg: estimate(judged.map((c) => c.learned.ndcg)),
      mrr: estimate(judged.map((c) => c.learned.mrr)),
    };
    await noteProposals(tx, row, { entry, judged: rows });
    const isLast = entry.day === CONSTANTS.lastWatchDay;
    await updateCycle(tx, row.id, {
      watch: [...row.watch, entry],
      metrics: { ...row.metrics, after },
      ...(isLast
        ? {
            stages: withStage(row.stages, {
              stage: "watch",
              state: "done",
              counts: { judged: entry.judged },
              tookMs: null,
            }),
          }
        : {}),
    });
  });
  tell({ ctx, id: brand<CycleId>(row.id) }, { watched: entry.day });
}

/** Of each item in force: the judged recalls since that showed what it moved or made, beside the mean before the cycle. */
async function noteProposals(
  tx: Tx,
  row: CycleRow,
  { entry, judged }: { readonly entry: Watched; readonly judged: readonly JudgedRow[] },
): Promise<void> {
  const before = row.metrics.before.ndcg;
  if (before === null || judged.length === 0) return;
  const moved = await tx.$queryRaw<{ id: string; memories: string[] }[]>`
    SELECT p."id", array_agg(DISTINCT c."targetId"::text) AS "memories" FROM "Proposal" p JOIN "Change" c ON c."workspaceId" = p."workspaceId" AND c."id" = ANY(p."changeIds") AND c."targetType" = 'memory'
    WHERE p."workspaceId" = current_setting('app.workspace')::uuid AND p."cycleId" = ${row.id}::uuid AND p."state" = 'applied' GROUP BY p."id"`;
  const measured = moved.flatMap(({ id, memories }) => {
    const own = judged
      .filter((recall) => recall.shown.some((shown) => memories.includes(shown)))
      .map((recall) => compare(recall).learned.ndcg);
    const after = estimate(own);
    if (after === null) return [];
    const [delta, half] = [
      after.mean - before.mean,
      Math.hypot(after.high - after.mean, before.high - before.mean),
    ];
    return [
      {
        id,
        measured: { day: entry.day, ndcgDelta: delta, interval: [delta - half, delta + half], at: entry.at },
      },
    ];
  });
  await measureProposals(tx, measured);
}

/** Answers that the cycle had a hand in came out worse than chance explains: all of it is taken back, and that is a change as well. */
async function rollBack(ctx: CycleContext, row: CycleRow, entry: Watched): Promise<void> {
  const message = `Answers came out worse since (evidence ${entry.harm.toFixed(1)}), so the cycle was rolled back.`;
  await takeBack(ctx, row.id, message);
  await inWorkspace(ctx.workspaceId, (tx) =>
    updateCycle(tx, row.id, {
      watch: [...row.watch, entry],
      stages: withStage(row.stages, {
        stage: "watch",
        state: "failed",
        counts: { judged: entry.judged },
        tookMs: null,
        error: message,
      }),
    }),
  );
  console.error(`Improvement cycle ${row.id}: ${message}`);
  tell({ ctx, id: brand<CycleId>(row.id) }, { rolledBack: true });
}
