import { conduct, endUnfinished, hasChanges, resume } from "./engine";
import { releaseLease, takeLease, type Lease } from "@/lib/store/cycle-lease";
import { cycleRows, insertCycle, type CycleRow } from "@/lib/store/cycles";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { newGroupId, newPlainId } from "@/lib/commands/context";
import { brand, type CycleId, type GroupId } from "@/lib/domain/ids";
import { noStages, type CycleTrigger } from "@/lib/domain/cycle/cycle";
import { parametersIn } from "@/lib/queries/parameters";
import { PROPOSERS } from "./proposers";
import { sql } from "@/lib/store/sql";
import { tell, type CycleContext, type CycleRun, type CycleTools } from "./cycle-run";
import type { Actor } from "@/lib/domain/ledger/change";

export interface Asked {
  readonly trigger: CycleTrigger;
  readonly actor: Actor;
  readonly dryRun?: boolean;
  readonly reason?: string | null;
  /** Asked under the lease, so that of two servers that both want to start one only the first finds a reason to. */
  readonly unless?: (tx: Tx) => Promise<boolean>;
}

export interface Started {
  readonly id: CycleId;
  /** Ends when the cycle has; never rejects. */
  readonly done: Promise<void>;
}

const TOOLS: CycleTools = { proposers: PROPOSERS };

/** Starts a cycle if none is under way; null when one is, here or on another server, or when there is no reason to. */
export async function startCycle(
  ctx: CycleContext,
  asked: Asked,
  tools: CycleTools = TOOLS,
): Promise<Started | null> {
  await recoverCycles(ctx, tools);
  const [id, groupId] = [brand<CycleId>(newPlainId()), newGroupId()];
  const begun = await inWorkspace(ctx.workspaceId, async (tx) => {
    const parameters = await parametersIn(tx);
    const lease: Lease = { owner: newPlainId(), cycleId: id, seconds: parameters["cycle.lease.seconds"] };
    if (!(await takeLease(tx, lease))) return null;
    if (await asked.unless?.(tx)) throw new NoReason();
    await insertCycle(tx, {
      id,
      groupId,
      trigger: asked.trigger,
      actor: asked.actor,
      reason: asked.reason ?? null,
      dryRun: asked.dryRun ?? false,
      startedAt: new Date(ctx.now()),
      stages: noStages(),
    });
    const [row] = await cycleRows(tx, sql`y."id" = ${id}::uuid`);
    return row ? runOf(ctx, { row, lease, parameters, tools }) : null;
  }).catch(ifNoReason);
  if (begun === null) return null;
  tell(begun, { state: "running" });
  return { id, done: conduct(begun) };
}

/** Rolls the lease back with the transaction. */
class NoReason extends Error {}
function ifNoReason(error: unknown): null {
  if (error instanceof NoReason) return null;
  throw error;
}

/** A cycle as this process goes on with it. */
function runOf(
  ctx: CycleContext,
  {
    row,
    lease,
    parameters,
    tools,
  }: {
    readonly row: CycleRow;
    readonly lease: Lease;
    readonly parameters: CycleRun["parameters"];
    readonly tools: CycleTools;
  },
): CycleRun {
  return {
    ctx,
    id: brand<CycleId>(row.id),
    groupId: brand<GroupId>(row.groupId),
    trigger: row.trigger,
    dryRun: row.dryRun,
    lease,
    parameters,
    tools,
    fromSeq: Number(row.fromSeq),
    toSeq: Number(row.toSeq),
    stages: row.stages,
    stage: row.stages.find((s) => s.state === "running")?.stage ?? "collect",
    modelCalls: 0,
  };
}

/**
 * Cycles whose server died: nobody renews their lease. Where the changes were committed, all of them were, and the cycle is
 * taken to its end; else nothing was changed, and it is marked as failed. Returns how many there were.
 */
export async function recoverCycles(ctx: CycleContext, tools: CycleTools = TOOLS): Promise<number> {
  const abandoned = await inWorkspace(ctx.workspaceId, (tx) =>
    cycleRows(
      tx,
      sql`y."state" = 'running' AND NOT EXISTS (
    SELECT 1 FROM "CycleLease" l WHERE l."workspaceId" = y."workspaceId" AND l."cycleId" = y."id" AND l."expiresAt" >= clock_timestamp())`,
    ),
  );
  let recovered = 0;
  for (const row of abandoned) if (await recover(ctx, row, tools)) recovered += 1;
  return recovered;
}

async function recover(ctx: CycleContext, row: CycleRow, tools: CycleTools): Promise<boolean> {
  const run = await inWorkspace(ctx.workspaceId, async (tx) => {
    const parameters = await parametersIn(tx);
    const lease: Lease = { owner: newPlainId(), cycleId: row.id, seconds: parameters["cycle.lease.seconds"] };
    const [still] = (await takeLease(tx, lease))
      ? await cycleRows(tx, sql`y."id" = ${row.id}::uuid AND y."state" = 'running'`)
      : [];
    return still ? runOf(ctx, { row: still, lease, parameters, tools }) : null;
  });
  if (run === null) return false;
  if (await hasChanges(run)) await resume(run);
  else {
    const message = row.cancelled
      ? "It was cancelled before it applied anything."
      : `The server stopped at ${run.stage}. Nothing was changed.`;
    if (!row.cancelled) console.error(`Improvement cycle ${run.id}: ${message}`);
    await endUnfinished(run, { state: row.cancelled ? "cancelled" : "failed", message });
    await inWorkspace(ctx.workspaceId, (tx) => releaseLease(tx, run.lease));
  }
  return true;
}
