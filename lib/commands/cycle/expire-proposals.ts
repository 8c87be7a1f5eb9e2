import { cycleRows, proposalRows, settleProposals, updateCycle } from "@/lib/store/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { settledState } from "@/lib/domain/cycle/cycle";
import { sql } from "@/lib/store/sql";
import { tell, type CycleContext } from "./cycle-run";
import { brand, type CycleId } from "@/lib/domain/ids";

/** Withdraws what nobody decided in time, so that the review queue never becomes a graveyard; the next cycle may find it again. */
export async function expireProposals(ctx: CycleContext): Promise<number> {
  const [count, cycles] = await inWorkspace(ctx.workspaceId, async (tx) => {
    const late = await proposalRows(tx, sql`p."state" = 'waiting' AND p."expiresAt" <= ${new Date(ctx.now())}`);
    if (late.length === 0) return [0, []] as const;
    await settleProposals(tx, late.map((p) => ({ id: p.id, state: "expired", by: null, at: p.expiresAt, reason: null })));
    const ids = [...new Set(late.map((p) => p.cycleId))];
    const rows = await cycleRows(tx, sql`y."id" = ANY(${ids}::uuid[]) AND y."state" = 'waiting'`, sql`FOR UPDATE`);
    for (const { id } of rows) {
      const states = (await proposalRows(tx, sql`p."cycleId" = ${id}::uuid`)).map((p) => p.state);
      await updateCycle(tx, id, { state: settledState(states) });
    }
    return [late.length, ids] as const;
  });
  for (const id of cycles) tell({ ctx, id: brand<CycleId>(id) }, { expired: true });
  return count;
}
