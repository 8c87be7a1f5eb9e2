import { cycleRows, proposalRows, type CycleRow, type ProposalRow } from "@/lib/store/cycles";
import { env } from "@/lib/env";
import { groupBy } from "@/lib/domain/group-by";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { iso } from "./memory-out";
import { nextCycleAt } from "./cycle-due";
import { parametersIn } from "./parameters";
import { readCursor, writeCursor } from "./cursor";
import { joinSql, sql } from "@/lib/store/sql";
import type { Asker, InputOf } from "./asker";
import type { cycle as shape, cycleSummary, listCycles as input, proposal as proposalShape } from "@/lib/contracts/cycle";
import type { CycleState } from "@/lib/domain/cycle/cycle";

export type CycleOut = InputOf<typeof shape>;
export type ProposalOut = InputOf<typeof proposalShape>;
type Summary = InputOf<typeof cycleSummary>;

const DEFAULT_LIMIT = 50;

/** Cycles, newest first, and when the timer runs the next one. */
export async function listCycles(ctx: Asker, asked: InputOf<typeof input>) {
  const { state, limit = DEFAULT_LIMIT } = asked;
  const place = readCursor(asked.cursor, ["number"]);
  return inWorkspace(ctx.workspaceId, async (tx) => {
    // What a cycle is follows from the ledger, so a filter by state has to look at each; there are few of them.
    const all = await summaries(tx, await cycleRows(tx));
    const matching = all.filter((c) => state === undefined || c.state === state);
    const rest = place === null ? matching : matching.filter((c) => c.number < place[0]);
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    const parameters = await parametersIn(tx);
    const intervalMinutes = parameters["cycle.intervalMinutes"];
    const on = env.cycleTimer && intervalMinutes > 0;
    const nextAt = on ? await nextCycleAt(tx, intervalMinutes) : null;
    return {
      items, total: matching.length, nextCursor: rest.length > limit && last !== undefined ? writeCursor([last.number]) : null,
      timer: { on, intervalMinutes, nextAt: nextAt === null ? null : iso(nextAt) },
    };
  });
}

export async function getCycle(ctx: Asker, { id }: { readonly id: string }): Promise<{ cycle: CycleOut }> {
  return inWorkspace(ctx.workspaceId, async (tx) => ({ cycle: await cycleOut(tx, id) }));
}

/** One cycle as a transaction sees it. */
export async function cycleOut(tx: Tx, id: string): Promise<CycleOut> {
  const [row] = isKnownForm(id) ? await cycleRows(tx, sql`y."id" = ${id}::uuid`) : [];
  const [summary] = row ? await summaries(tx, [row]) : [];
  if (!summary) throw notFound("cycle", id);
  const proposals = await proposalRows(tx, sql`p."cycleId" = ${id}::uuid`, RISKIEST);
  return { ...summary, proposals: proposals.map((p) => proposalOut(p, row?.groupId ?? null)) };
}

/** High risk first, then what is least sure and most used. */
export const RISKIEST = sql`ORDER BY p."risk" = 'low', (1 - p."certainty") * ln(2 + p."uses") DESC, p."id"`;

interface Tally {
  readonly cycleId: string;
  readonly kind: ProposalRow["kind"];
  readonly state: ProposalRow["state"];
}

async function summaries(tx: Tx, rows: readonly CycleRow[]): Promise<Summary[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const proposals = groupBy<Tally, string>(await proposalRows(tx, sql`p."cycleId" IN (${joinSql(ids.map((id) => sql`${id}::uuid`))})`), (p) => p.cycleId);
  const live = await changesOf(tx);
  return rows.map((row) => summaryOf(row, { proposals: proposals.get(row.id) ?? [], changes: live.get(row.id) ?? { all: 0, reverted: 0 } }));
}

interface Changes {
  readonly all: number;
  readonly reverted: number;
}

/** How many changes each cycle has, and how many of them were taken back. */
async function changesOf(tx: Tx): Promise<Map<string, Changes>> {
  const rows = await tx.$queryRaw<{ cycleId: string; all: bigint; reverted: bigint }[]>`
    SELECT c."cycleId", count(*) AS "all", count(s."changeId") AS "reverted" FROM "Change" c
    LEFT JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" = 'reverted'
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."cycleId" IS NOT NULL GROUP BY c."cycleId"`;
  return new Map(rows.map((row) => [row.cycleId, { all: Number(row.all), reverted: Number(row.reverted) }]));
}

function summaryOf(row: CycleRow, { proposals, changes }: { readonly proposals: readonly Tally[]; readonly changes: Changes }): Summary {
  const counts = [...groupBy(proposals, (p) => `${p.kind} ${p.state}`).values()].flatMap((of) => (of[0] ? [{ kind: of[0].kind, state: of[0].state, count: of.length }] : []));
  const { id, number, trigger, actor, reason, dryRun, startedAt, finishedAt, stages, metrics, cost, failure, watch } = row;
  return {
    id, number, trigger, actor, reason, dryRun, state: stateNow(row.state, changes), startedAt: iso(startedAt.getTime()), finishedAt: finishedAt === null ? null : iso(finishedAt.getTime()),
    stages: stages.map((s) => ({ ...s, counts: { ...s.counts } })), counts, waiting: proposals.filter((p) => p.state === "waiting").length,
    metrics: { ...metrics, predicted: { ...metrics.predicted, interval: pair(metrics.predicted.interval) } },
    cost, fromSeq: Number(row.fromSeq), toSeq: Number(row.toSeq), groupId: changes.all > 0 ? row.groupId : null, failure,
    watch: watch.map((w) => ({ ...w, interval: pair(w.interval) })),
  };
}

/** Whether it was taken back follows from the ledger alone; one that failed stays failed. */
const stateNow = (stored: CycleState, { all, reverted }: Changes): CycleState =>
  all > 0 && all === reverted && (stored === "applied" || stored === "partly") ? "reverted" : stored;

const pair = (interval: readonly [number, number] | null): [number, number] | null => (interval === null ? null : [interval[0], interval[1]]);

export function proposalOut(row: ProposalRow, groupId: string | null): ProposalOut {
  const { support, predicted, expiresAt, decidedAt, createdAt, measured, subject: _subject, ...same } = row;
  const out: Omit<ProposalOut, "measured"> = {
    id: same.id, cycleId: same.cycleId, kind: same.kind, state: same.state, risk: same.risk, title: same.title, why: same.why, targets: same.targets.map((t) => ({ ...t })),
    // JSON as it was written.
    before: same.before as ProposalOut["before"], after: same.after as ProposalOut["after"], payload: same.payload as ProposalOut["payload"],
    certainty: same.certainty, uses: same.uses, gate: { passed: same.gate.passed, figures: same.gate.figures.map((f) => ({ ...f })) },
    support: { terms: support?.terms.length ?? 0, threshold: support?.threshold ?? null },
    predicted: { affected: predicted.affected, ndcgDelta: predicted.ndcgDelta, interval: pair(predicted.interval), queries: predicted.queries.map((q) => ({ ...q })) },
    changeIds: [...same.changeIds], groupId: same.changeIds.length > 0 ? groupId : null, expiresAt: iso(expiresAt.getTime()),
    decidedBy: same.decidedBy, decidedAt: decidedAt === null ? null : iso(decidedAt.getTime()), decisionReason: same.decisionReason, createdAt: iso(createdAt.getTime()),
  };
  // Written by `watch` in this form, or null.
  return { ...out, measured: measured as ProposalOut["measured"] };
}
