import { cycleHead, cycleHeads, type CycleHead } from "@/lib/store/cycle-heads";
import {
  cycleRows,
  proposalRows,
  proposalTallies,
  type CycleRow,
  type ProposalRow,
  type ProposalTally,
} from "@/lib/store/cycles";
import { CERTAINTY } from "@/lib/domain/cycle/proposal";
import { env } from "@/lib/env";
import { groupBy } from "@/lib/domain/group-by";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { iso } from "./memory-out";
import { nextCycleAt } from "./cycle-due";
import { parametersIn } from "./parameters";
import { readCursor, writeCursor } from "./cursor";
import { sql } from "@/lib/store/sql";
import type { Asker, InputOf } from "./asker";
import type {
  cycle as shape,
  cycleSummary,
  listCycles as input,
  proposal as proposalShape,
} from "@/lib/contracts/cycle";

export type CycleOut = InputOf<typeof shape>;
export type ProposalOut = InputOf<typeof proposalShape>;
type Summary = InputOf<typeof cycleSummary>;

const DEFAULT_LIMIT = 50;

/** Cycles, newest first, and when the timer runs the next one. */
export async function listCycles(ctx: Asker, asked: InputOf<typeof input>) {
  const { state, limit = DEFAULT_LIMIT } = asked;
  const place = readCursor(asked.cursor, ["number"]);
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const { heads, total } = await cycleHeads(tx, { state, below: place?.[0] ?? null, limit: limit + 1 });
    const items = await summaries(tx, heads.slice(0, limit));
    const last = items.at(-1);
    const parameters = await parametersIn(tx);
    const intervalMinutes = parameters["cycle.intervalMinutes"];
    const on = env.cycleTimer && intervalMinutes > 0;
    const nextAt = on ? await nextCycleAt(tx, intervalMinutes) : null;
    return {
      items,
      total,
      nextCursor: heads.length > limit && last !== undefined ? writeCursor([last.number]) : null,
      timer: { on, intervalMinutes, nextAt: nextAt === null ? null : iso(nextAt) },
    };
  });
}

export async function getCycle(ctx: Asker, { id }: { readonly id: string }): Promise<{ cycle: CycleOut }> {
  return inWorkspace(ctx.workspaceId, async (tx) => ({ cycle: await cycleOut(tx, id) }));
}

/** One cycle as a transaction sees it. */
export async function cycleOut(tx: Tx, id: string): Promise<CycleOut> {
  const head = isKnownForm(id) ? await cycleHead(tx, id) : null;
  const [summary] = head ? await summaries(tx, [head]) : [];
  if (!summary) throw notFound("cycle", id);
  const proposals = await proposalRows(tx, sql`p."cycleId" = ${id}::uuid`, RISKIEST);
  return {
    ...summary,
    movedQueries: await movedQueries(tx, id),
    proposals: proposals.map((p) => proposalOut(p, summary.groupId)),
  };
}

/** The largest losses first; a recall whose log is gone is left out. */
async function movedQueries(tx: Tx, id: string): Promise<CycleOut["movedQueries"]> {
  return tx.$queryRaw<CycleOut["movedQueries"]>`
    SELECT r."id" AS "retrievalId", r."query", (q->>'before')::float8 AS "ndcgBefore", (q->>'after')::float8 AS "ndcgAfter"
    FROM "Cycle" y CROSS JOIN LATERAL jsonb_array_elements(coalesce(y."metrics"->'predicted'->'queries', '[]')) AS q
    JOIN "Retrieval" r ON r."workspaceId" = y."workspaceId" AND r."id" = (q->>'id')::uuid
    WHERE y."workspaceId" = current_setting('app.workspace')::uuid AND y."id" = ${id}::uuid ORDER BY (q->>'after')::float8 - (q->>'before')::float8, r."id"`;
}

/** High risk first, then what is least sure and most used. */
export const RISKIEST = sql`ORDER BY p."risk" = 'low', (1 - p."certainty") * ln(2 + p."uses") DESC, p."id"`;

async function summaries(tx: Tx, heads: readonly CycleHead[]): Promise<Summary[]> {
  const ids = heads.map((head) => head.id);
  if (ids.length === 0) return [];
  const rows = new Map((await cycleRows(tx, sql`y."id" = ANY(${ids}::uuid[])`)).map((row) => [row.id, row]));
  const [tallies, written] = [
    groupBy(await proposalTallies(tx, ids), (t) => t.cycleId),
    await withChanges(tx, ids),
  ];
  return heads.flatMap(({ id, state }) => {
    const row = rows.get(id);
    return row
      ? [{ ...summaryOf(row, tallies.get(id) ?? []), state, groupId: written.has(id) ? row.groupId : null }]
      : [];
  });
}

/** Those among the cycles that wrote anything. */
async function withChanges(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ cycleId: string }[]>`
    SELECT DISTINCT "cycleId" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "cycleId" = ANY(${[...ids]}::uuid[])`;
  return new Set(rows.map((row) => row.cycleId));
}

function summaryOf(row: CycleRow, tallies: readonly ProposalTally[]): Omit<Summary, "state" | "groupId"> {
  const {
    id,
    number,
    trigger,
    actor,
    reason,
    dryRun,
    startedAt,
    finishedAt,
    stages,
    metrics,
    cost,
    failure,
    watch,
  } = row;
  return {
    id,
    number,
    trigger,
    actor,
    reason,
    dryRun,
    startedAt: iso(startedAt.getTime()),
    finishedAt: finishedAt === null ? null : iso(finishedAt.getTime()),
    stages: stages.map((s) => ({ ...s, counts: { ...s.counts } })),
    counts: tallies.map(({ kind, state, count }) => ({ kind, state, count })),
    waiting: tallies.filter((t) => t.state === "waiting").reduce((sum, t) => sum + t.count, 0),
    metrics: {
      ...metrics,
      predicted: { ndcgDelta: metrics.predicted.ndcgDelta, interval: pair(metrics.predicted.interval) },
    },
    cost,
    fromSeq: Number(row.fromSeq),
    toSeq: Number(row.toSeq),
    failure,
    watch: watch.map((w) => ({ ...w, interval: pair(w.interval) })),
  };
}

const pair = (interval: readonly [number, number] | null): [number, number] | null =>
  interval === null ? null : [interval[0], interval[1]];

/** As its gate tested it: the proposer's own certainty with what was decided about others of the kind. */
export const sureOf = ({ certainty, gate }: Pick<ProposalRow, "certainty" | "gate">): number =>
  gate.figures.find((f) => f.name === CERTAINTY)?.value ?? certainty;

export function proposalOut(row: ProposalRow, groupId: string | null): ProposalOut {
  const { support, predicted, expiresAt, decidedAt, createdAt, measured, subject: _subject, ...same } = row;
  const { before, after, payload } = same;
  // JSON as it was written.
  const asWritten = { before, after, payload } as Pick<ProposalOut, "before" | "after" | "payload">;
  const out: Omit<ProposalOut, "measured"> = {
    id: same.id,
    cycleId: same.cycleId,
    kind: same.kind,
    state: same.state,
    risk: same.risk,
    title: same.title,
    why: same.why,
    targets: same.targets.map((t) => ({ ...t })),
    ...asWritten,
    certainty: sureOf(same),
    uses: same.uses,
    gate: { passed: same.gate.passed, figures: same.gate.figures.map((f) => ({ ...f })) },
    support: { terms: support?.terms.length ?? 0, threshold: support?.threshold ?? null },
    predicted: {
      affected: predicted.affected,
      ndcgDelta: predicted.ndcgDelta,
      interval: pair(predicted.interval),
      queries: predicted.queries.map((q) => ({
        ...q,
        rankBefore: q.rankBefore ?? null,
        rankAfter: q.rankAfter ?? null,
      })),
    },
    changeIds: [...same.changeIds],
    groupId: same.state === "applied" || same.state === "reverted" ? groupId : null,
    expiresAt: iso(expiresAt.getTime()),
    decidedBy: same.decidedBy,
    decidedAt: decidedAt === null ? null : iso(decidedAt.getTime()),
    decisionReason: same.decisionReason,
    createdAt: iso(createdAt.getTime()),
  };
  // Written by `watch` in this form, or null.
  return { ...out, measured: measured as ProposalOut["measured"] };
}
