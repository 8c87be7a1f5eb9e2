import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { withStage, type CycleStage, type CycleTrigger, type StageRecord } from "@/lib/domain/cycle/cycle";
import { publish } from "@/lib/store/feed";
import { renewLease, type Lease } from "@/lib/store/cycle-lease";
import { updateCycle } from "@/lib/store/cycles";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Context } from "@/lib/commands/context";
import type { CycleId, GroupId } from "@/lib/domain/ids";
import type { Parameters } from "@/lib/domain/parameters";
import type { Proposer } from "./proposer";

/** What a cycle works with; tests put others in. */
export interface CycleTools {
  readonly proposers: readonly { readonly name: string; readonly propose: Proposer }[];
  /** Called as each stage begins and as it ends. */
  readonly onStage?: (stage: CycleStage, moment: "begins" | "ends") => Promise<void>;
}

/** On whose behalf and by which clock; no request's idempotency key reaches into a cycle. */
export type CycleContext = Pick<Context, "workspaceId" | "now">;

/** A cycle under way in this process. */
export interface CycleRun {
  readonly ctx: CycleContext;
  readonly id: CycleId;
  readonly groupId: GroupId;
  readonly trigger: CycleTrigger;
  readonly dryRun: boolean;
  readonly lease: Lease;
  readonly parameters: Parameters;
  readonly tools: CycleTools;
  readonly fromSeq: number;
  readonly toSeq: number;
  stages: readonly StageRecord[];
  stage: CycleStage;
  modelCalls: number;
}

/** Somebody asked the cycle to stop. */
export class Cancelled extends Error {}
/** Another server has taken the cycle over, which must not be written about any more from here. */
export class TakenOver extends Error {}

type Counts = Readonly<Record<string, number>>;

/** Runs one stage, and writes down that it began, what it counted and how long it took. A failure leaves it as failed. */
export async function inStage<T>(
  run: CycleRun,
  stage: CycleStage,
  work: () => Promise<{ readonly counts: Counts; readonly value: T }>,
): Promise<T> {
  const started = performance.now();
  const tookMs = () => Math.round(performance.now() - started);
  run.stage = stage;
  await record(run, { stage, state: "running", counts: {}, tookMs: null });
  await run.tools.onStage?.(stage, "begins");
  await breathe(run);
  const { counts, value } = await work();
  await run.tools.onStage?.(stage, "ends");
  await record(run, { stage, state: "done", counts, tookMs: tookMs() });
  return value;
}

/** Writes a stage's record and tells open pages. */
export async function record(run: CycleRun, stage: StageRecord): Promise<void> {
  run.stages = withStage(run.stages, stage);
  await inWorkspace(run.ctx.workspaceId, async (tx) => {
    await requireLease(tx, run);
    await updateCycle(tx, run.id, { stages: run.stages });
  });
  tell(run, { stage: stage.stage, stageState: stage.state, counts: stage.counts });
}

export function tell(
  { ctx, id }: Pick<CycleRun, "ctx" | "id">,
  data: Readonly<Record<string, unknown>>,
): void {
  publish(ctx.workspaceId, { type: "cycle", data: { cycleId: id, ...data } });
}

/** Holds on to the lease for longer; whoever lost it must not write. In the transaction of a write it locks the lease's row. */
export async function requireLease(tx: Tx, { lease }: Pick<CycleRun, "lease">): Promise<void> {
  if (!(await renewLease(tx, lease))) throw new TakenOver("another server has taken this cycle over");
}

/** Lets the server answer others, and stops a cycle that was cancelled or taken over. */
export async function breathe(run: CycleRun): Promise<void> {
  await nextTurn();
  await inWorkspace(run.ctx.workspaceId, async (tx) => {
    await requireLease(tx, run);
    await requireWanted(tx, run);
  });
}

export async function requireWanted(tx: Tx, { id }: Pick<CycleRun, "id">): Promise<void> {
  const [row] = await tx.$queryRaw<
    { cancelled: boolean }[]
  >`SELECT "cancelled" FROM "Cycle" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  if (row?.cancelled !== false) throw new Cancelled("the cycle was cancelled before it applied anything");
}
