import { applyProposals } from "./apply-proposals";
import { attribute, collect, propose } from "./collect";
import {
  Cancelled,
  inStage,
  record,
  requireLease,
  TakenOver,
  tell,
  type CycleContext,
  type CycleRun,
} from "./cycle-run";
import { releaseLease } from "@/lib/store/cycle-lease";
import {
  cycleRows,
  NO_COST,
  proposalRows,
  settleProposals,
  updateCycle,
  type CycleMetrics,
} from "@/lib/store/cycles";
import { gateProposals } from "./gate-proposals";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { settledState, withStage, type CycleState } from "@/lib/domain/cycle/cycle";
import { sql } from "@/lib/store/sql";
import { takeBack } from "./take-back";
import { verifyCycle } from "./verify-cycle";

/** Takes a cycle through its stages to its end, whatever that is; never throws, for nobody may be waiting for it. */
export async function conduct(run: CycleRun): Promise<void> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const beat = setInterval(() => void keepLease(run), (run.lease.seconds * MS_PER_SECOND) / BEATS).unref();
  const cost = () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      ...NO_COST,
      milliseconds: Math.round(performance.now() - started),
      cpuMilliseconds: Math.round((user + system) / MICROS_PER_MS),
      modelCalls: run.modelCalls,
    };
  };
  try {
    const metrics = await throughStages(run);
    await settle(run, { metrics, cost: cost() });
  } catch (error) {
    await fail(run, error, cost()).catch((worse: unknown) =>
      console.error(`Cycle ${run.id} failed, and could not say so: ${String(worse)}`),
    );
  } finally {
    clearInterval(beat);
    await inWorkspace(run.ctx.workspaceId, (tx) => releaseLease(tx, run.lease)).catch(() => undefined);
    tell(run, { ended: true });
  }
}

const MS_PER_SECOND = 1000;
const MICROS_PER_MS = 1000;
/** The lease is renewed so often in its own time. */
const BEATS = 3;

/** A database that does not answer now is asked again at the next stage, which then fails for good. */
const keepLease = (run: CycleRun): Promise<void> =>
  inWorkspace(run.ctx.workspaceId, (tx) => requireLease(tx, run)).catch(() => undefined);

async function throughStages(run: CycleRun): Promise<CycleMetrics> {
  const active = await inStage(run, "collect", () => collect(run));
  const { metrics, helped } = await inStage(run, "attribute", () => attribute(run));
  const drafts = await inStage(run, "propose", () => propose(run));
  const { gated, predicted } = await inStage(run, "gate", () =>
    gateProposals(run, drafts, { active, helped }),
  );
  const applied = await inStage(run, "apply", () => applyProposals(run, gated));
  if (applied !== null) await inStage(run, "verify", () => verifyCycle(run));
  return { ...metrics, predicted };
}

/** What is left once the stages are through: what waits, what is watched, and what it cost. */
export async function settle(
  run: CycleRun,
  { metrics, cost }: { readonly metrics?: CycleMetrics; readonly cost?: typeof NO_COST },
): Promise<void> {
  await inWorkspace(run.ctx.workspaceId, async (tx) => {
    await requireLease(tx, run);
    const states = (await proposalRows(tx, sql`p."cycleId" = ${run.id}::uuid`)).map((p) => p.state);
    const state: CycleState = run.dryRun ? "cancelled" : settledState(states);
    const watched = states.includes("applied");
    let stages = run.stages;
    for (const stage of ["verify", "watch"] as const) {
      const found = stages.find((s) => s.stage === stage);
      if (found?.state === "waiting")
        stages = withStage(stages, { ...found, state: stage === "watch" && watched ? "waiting" : "skipped" });
    }
    run.stages = stages;
    await updateCycle(tx, run.id, {
      state,
      finishedAt: new Date(run.ctx.now()),
      stages,
      ...(metrics ? { metrics } : {}),
      ...(cost ? { cost } : {}),
    });
  });
  tell(run, { state: "settled" });
}

/** A stage that failed changes nothing: what was applied before is taken back, what was proposed is withdrawn, and it is said loudly. */
async function fail(run: CycleRun, error: unknown, cost: typeof NO_COST): Promise<void> {
  if (error instanceof TakenOver) return;
  const message = error instanceof Error ? error.message : String(error);
  const cancelled = error instanceof Cancelled;
  if (!cancelled) console.error(`Improvement cycle ${run.id} failed at ${run.stage}: ${message}`);
  if (await hasChanges(run))
    await takeBack(run.ctx, run.id, `The cycle failed at ${run.stage}, so all of it was taken back.`);
  await endUnfinished(run, { state: cancelled ? "cancelled" : "failed", message, cost });
}

/** Closes a cycle that did not come through its stages. */
export async function endUnfinished(
  run: CycleRun,
  {
    state,
    message,
    cost = NO_COST,
  }: { readonly state: "cancelled" | "failed"; readonly message: string; readonly cost?: typeof NO_COST },
): Promise<void> {
  const ended = run.stages.map((s) =>
    s.stage === run.stage
      ? { ...s, state: "failed" as const, error: message }
      : s.state === "waiting"
        ? { ...s, state: "skipped" as const }
        : s,
  );
  await inWorkspace(run.ctx.workspaceId, async (tx) => {
    await requireLease(tx, run);
    await withdraw(tx, run.id, { at: new Date(run.ctx.now()), reason: message });
    await updateCycle(tx, run.id, {
      state,
      finishedAt: new Date(run.ctx.now()),
      stages: state === "failed" ? ended : run.stages,
      cost,
      ...(state === "failed" ? { failure: { stage: run.stage, message } } : {}),
    });
  });
  tell(run, { state, stage: run.stage, message });
}

/** Takes what still waits out of the review queue; returns how many that were. */
export async function withdraw(
  tx: Tx,
  cycleId: string,
  given: { readonly at: Date; readonly reason: string | null; readonly by?: string },
): Promise<number> {
  const waiting = await proposalRows(tx, sql`p."cycleId" = ${cycleId}::uuid AND p."state" = 'waiting'`);
  await settleProposals(
    tx,
    waiting.map((p) => ({
      id: p.id,
      state: "expired",
      by: given.by ?? null,
      at: given.at,
      reason: given.reason,
    })),
  );
  return waiting.length;
}

export const hasChanges = ({
  ctx,
  id,
}: {
  readonly ctx: CycleContext;
  readonly id: string;
}): Promise<boolean> =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<{ found: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "cycleId" = ${id}::uuid) AS "found"`;
    return row?.found ?? false;
  });

/** Goes on with a cycle whose changes are in the ledger but whose end was never written: its server died in between. */
export async function resume(run: CycleRun): Promise<void> {
  try {
    await inStage(run, "verify", () => verifyCycle(run));
    const [row] = await inWorkspace(run.ctx.workspaceId, (tx) =>
      cycleRows(tx, sql`y."id" = ${run.id}::uuid`),
    );
    await record(run, {
      stage: "apply",
      state: "done",
      counts: run.stages.find((s) => s.stage === "apply")?.counts ?? {},
      tookMs: null,
    });
    await settle(run, row ? { metrics: row.metrics } : {});
  } catch (error) {
    await fail(run, error, NO_COST);
  } finally {
    await inWorkspace(run.ctx.workspaceId, (tx) => releaseLease(tx, run.lease)).catch(() => undefined);
  }
}
