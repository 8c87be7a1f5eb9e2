import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { env } from "@/lib/env";
import { expireProposals } from "./expire-proposals";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { listWorkspaces } from "@/lib/store/workspaces";
import { nextCycleAt } from "@/lib/queries/cycle-due";
import { parametersIn } from "@/lib/queries/parameters";
import { recoverCycles, startCycle } from "./start-cycle";
import { watchCycles } from "./watch-cycles";
import type { CycleContext } from "./cycle-run";

/** How often this process looks whether something is due; what is due is told by each workspace's own parameter. */
const LOOK_MS = 60_000;

// One timer per process: Next reloads modules in development, and each would otherwise keep its own.
const held = globalThis as { palimpsestCycles?: ReturnType<typeof setInterval> };

/** Looks after the cycles of every workspace for as long as the process lives. Any number of servers may: the lease lets one work. */
export function keepCycles(): void {
  if (held.palimpsestCycles !== undefined || !env.cycleTimer) return;
  let looking: Promise<void> | null = null;
  const look = () => {
    looking ??= tendAll()
      .catch(report)
      .finally(() => (looking = null));
  };
  held.palimpsestCycles = setInterval(look, LOOK_MS);
  held.palimpsestCycles.unref();
}

async function tendAll(): Promise<void> {
  for (const { id } of await listWorkspaces())
    await tend({ workspaceId: brand<WorkspaceId>(id), now: () => millis(Date.now()) }).catch(report);
}

const report = (error: unknown): void =>
  console.error(`Improvement cycles have to wait: ${error instanceof Error ? error.message : String(error)}`);

/** One look at one workspace: what was abandoned, what nobody decided, what came of earlier cycles, and whether the next is due. */
export async function tend(ctx: CycleContext): Promise<{ readonly ran: boolean }> {
  await recoverCycles(ctx);
  await expireProposals(ctx);
  await watchCycles(ctx);
  if (!(await inWorkspace(ctx.workspaceId, (tx) => isDue(tx, ctx)))) return { ran: false };
  const started = await startCycle(ctx, {
    trigger: "timer",
    actor: "system:timer",
    unless: async (tx) => !(await isDue(tx, ctx)),
  });
  await started?.done;
  return { ran: started !== null };
}

/** An interval has gone by since the last cycle, and signals have come in since. */
async function isDue(tx: Tx, ctx: CycleContext): Promise<boolean> {
  const interval = (await parametersIn(tx))["cycle.intervalMinutes"];
  if (interval === 0) return false;
  const at = await nextCycleAt(tx, interval);
  return at !== null && at <= ctx.now();
}
