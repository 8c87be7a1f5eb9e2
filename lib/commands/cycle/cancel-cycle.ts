import { cycleRows, proposalRows, updateCycle } from "@/lib/store/cycles";
import { getCycle } from "@/lib/queries/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { recoverCycles } from "./start-cycle";
import { settledState } from "@/lib/domain/cycle/cycle";
import { sql } from "@/lib/store/sql";
import { tell } from "./cycle-run";
import { withdraw } from "./engine";
import { brand, type CycleId } from "@/lib/domain/ids";
import type { Context } from "@/lib/commands/context";

/** A running cycle stops before it applies anything; of one that waits, what waits is withdrawn and what is in force stays. */
export async function cancelCycle(
  ctx: Context,
  { id, reason }: { readonly id: string; readonly reason?: string | undefined },
) {
  const changed = await inWorkspace(ctx.workspaceId, async (tx) => {
    const [row] = isKnownForm(id) ? await cycleRows(tx, sql`y."id" = ${id}::uuid`, sql`FOR UPDATE`) : [];
    if (!row) throw notFound("cycle", id);
    if (row.state === "running") {
      await updateCycle(tx, id, { cancelled: true });
      return true;
    }
    if (row.state !== "waiting") return false;
    await withdraw(tx, id, { at: new Date(ctx.now()), by: ctx.actor, reason: reason ?? null });
    const states = (await proposalRows(tx, sql`p."cycleId" = ${id}::uuid`)).map((p) => p.state);
    await updateCycle(tx, id, { state: states.includes("applied") ? settledState(states) : "cancelled" });
    return true;
  });
  // One whose server is gone has nobody to notice.
  await recoverCycles(ctx);
  tell({ ctx, id: brand<CycleId>(id) }, { cancelled: changed });
  const { cycle } = await getCycle(ctx, { id });
  return { cycle, changed };
}
