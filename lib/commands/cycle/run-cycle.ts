import { cycleRows } from "@/lib/store/cycles";
import { getCycle } from "@/lib/queries/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { Refusal } from "@/lib/domain/errors";
import { sql } from "@/lib/store/sql";
import { startCycle } from "./start-cycle";
import type { Context } from "@/lib/commands/context";
import type { CycleRun } from "./cycle-run";

/** So long is waited for the end of a cycle; a longer one goes on, and its answer says that it runs. */
const PATIENCE_MS = 15_000;

/** Runs an improvement cycle now. One that takes long is answered while it runs; /events tells how it goes on. */
export async function runCycle(
  ctx: Context,
  input: { readonly dryRun?: boolean | undefined; readonly reason?: string | undefined },
) {
  const trigger: CycleRun["trigger"] = ctx.actor.startsWith("person:") ? "person" : "key";
  const started = await startCycle(ctx, {
    trigger,
    actor: ctx.actor,
    dryRun: input.dryRun ?? false,
    reason: input.reason ?? null,
  });
  if (started === null) throw await underWay(ctx);
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([started.done, new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))]);
  clearTimeout(timer);
  const { cycle } = await getCycle(ctx, { id: started.id });
  return { cycle, dryRun: input.dryRun ?? false };
}

async function underWay(ctx: Context): Promise<Refusal> {
  const [row] = await inWorkspace(ctx.workspaceId, (tx) =>
    cycleRows(tx, sql`y."state" = 'running'`, sql`LIMIT 1`),
  );
  return new Refusal("conflict", "An improvement cycle is running already. Wait for it, or cancel it.", {
    extra: row ? { cycleId: row.id } : {},
  });
}
