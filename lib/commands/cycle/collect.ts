import { breathe, type CycleRun } from "./cycle-run";
import { compare } from "@/lib/queries/quality";
import { CONSTANTS } from "@/lib/domain/parameters";
import { estimate } from "@/lib/domain/learning/comparison";
import { inSnapshot } from "@/lib/store/snapshot";
import { judgedRecalls } from "@/lib/queries/judged-recalls";
import { liveIndex } from "@/lib/search/live-index";
import { vectorsStored } from "@/lib/search/embeddings";
import { settledSubjects, type CycleMetrics } from "@/lib/store/cycles";
import { subjectOf, type ProposalDraft, type ProposalKind } from "@/lib/domain/cycle/proposal";
import type { Helped } from "./own-effects";
import type { ProposerView } from "./proposer";
import type { Tx } from "@/lib/store/prisma";

/** What came in since the cycle before, and how large the store is. */
export async function collect(run: CycleRun) {
  // The proposers read vectors from the store, as it is when they begin.
  await liveIndex(run.ctx.workspaceId);
  await vectorsStored();
  return inSnapshot(run.ctx.workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<Record<"signals" | "retrievals" | "active", bigint>[]>`
      WITH since AS (SELECT coalesce(max("at"), '-infinity'::timestamptz) AS "at" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "seq" <= ${run.fromSeq} AND "seq" > ${run.fromSeq} - 2)
      SELECT (SELECT count(*) FROM "Signal" g, since WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."recordedAt" > since."at") AS "signals",
        (SELECT count(*) FROM "Retrieval" r, since WHERE r."workspaceId" = current_setting('app.workspace')::uuid AND r."at" > since."at") AS "retrievals",
        (SELECT count(*) FROM "Memory" m WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND m."mergedInto" IS NULL) AS "active"`;
    const active = Number(row?.active ?? 0);
    return {
      counts: {
        signals: Number(row?.signals ?? 0),
        recalls: Number(row?.retrievals ?? 0),
        changes: run.toSeq - run.fromSeq,
        memories: active,
      },
      value: active,
    };
  });
}

/** Days and judged recalls that a cycle's figures look back on. */
const LOOKS_BACK_DAYS = 90;
const MOST_JUDGED = 2000;
/** The blast radius scores so many recent recalls again. */
const REPLAYED = 200;

export interface Attributed {
  readonly metrics: CycleMetrics;
  readonly helped: Helped;
}

/** What the signals have moved already (they count at once), and how good the rankings are beside the frozen control arm. */
export function attribute(run: CycleRun) {
  return inSnapshot(run.ctx.workspaceId, async (tx) => {
    const now = run.ctx.now();
    const judged = await judgedRecalls(tx, {
      from: now - LOOKS_BACK_DAYS * CONSTANTS.millisPerDay,
      to: now,
      most: MOST_JUDGED,
    });
    const compared = judged.map(compare);
    const arm = (of: "learned" | "frozen") => ({
      ndcg: estimate(compared.map((c) => c[of].ndcg)),
      mrr: estimate(compared.map((c) => c[of].mrr)),
    });
    const metrics: CycleMetrics = {
      judged: judged.length,
      before: arm("learned"),
      after: null,
      control: arm("frozen"),
      predicted: { ndcgDelta: null, interval: null },
    };
    const helped: Helped = new Map(judged.slice(0, REPLAYED).map((row) => [row.id, new Set(row.helped)]));
    return {
      counts: { judged: judged.length, ...(await credited(tx, run)) },
      value: { metrics, helped } satisfies Attributed,
    };
  });
}

async function credited(
  tx: Tx,
  run: CycleRun,
): Promise<{ readonly credited: number; readonly moved: number }> {
  const [row] = await tx.$queryRaw<{ credited: bigint; moved: bigint }[]>`
    SELECT count(*) AS "credited", count(DISTINCT "targetId") AS "moved" FROM "Change"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "seq" > ${run.fromSeq} AND "seq" <= ${run.toSeq} AND "op" = 'observe'`;
  return { credited: Number(row?.credited ?? 0), moved: Number(row?.moved ?? 0) };
}

/** Asks every proposer, one after the other in one snapshot; what is settled, or was proposed by another already, is left out. */
export async function propose(run: CycleRun) {
  return inSnapshot(run.ctx.workspaceId, async (tx) => {
    const remembered = new Date(
      run.ctx.now() - run.parameters["cycle.remember.days"] * CONSTANTS.millisPerDay,
    );
    const settled = await settledSubjects(tx, remembered);
    const view = viewOf(run, tx, settled);
    const found = new Map<string, ProposalDraft>();
    const took: Record<string, number> = {};
    let left = 0;
    for (const { name, propose: ask } of run.tools.proposers) {
      await breathe(run);
      const started = performance.now();
      const drafts = await ask(view).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      });
      took[`${name}, ms`] = Math.round(performance.now() - started);
      for (const draft of drafts) {
        const subject = subjectOf(draft);
        if (settled.has(subject) || found.has(subject)) left += 1;
        else found.set(subject, draft);
      }
    }
    return {
      counts: { ...countsOf([...found.values()]), settled: left, ...took },
      value: [...found.values()],
    };
  });
}

function viewOf(run: CycleRun, tx: Tx, settled: ReadonlySet<string>): ProposerView {
  return {
    workspaceId: run.ctx.workspaceId,
    tx,
    now: run.ctx.now(),
    parameters: run.parameters,
    since: run.fromSeq,
    head: run.toSeq,
    usesOf: (ids) => usesOf(tx, ids),
    isSettled: (kind: ProposalKind, ids) =>
      settled.has(subjectOf({ kind, targets: ids.map((id) => ({ type: "memory", id, label: "" })) })),
    breathe: () => breathe(run),
  };
}

async function usesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ memoryId: string; uses: number }[]>`
    SELECT "memoryId", "uses" FROM "MemoryUse" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "memoryId" = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.memoryId, row.uses]));
}

function countsOf(drafts: readonly ProposalDraft[]): Record<string, number> {
  const counts: Record<string, number> = { proposals: drafts.length };
  for (const { kind } of drafts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
