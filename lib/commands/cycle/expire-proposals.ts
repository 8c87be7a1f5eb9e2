import { cycleRows, proposalRows, settleProposals, updateCycle } from "@/lib/store/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { settledState } from "@/lib/domain/cycle/cycle";
import { sql } from "@/lib/store/sql";
import { tell, type CycleContext } from "./cycle-run";
import { brand, type CycleId } from "@/lib/domain/ids";

/** Withdraws what nobody decided in time, so that the review queue never becomes a graveyard; the next cycle may find it again. */
export async function expireProposals(ctx: CycleContext): Promise<number> {
  const [count, cycles] = await inWorkspace(ctx.workspaceId, async (tx) => {
    const isLate = sql`p."stored" = 'waiting' AND p."expiresAt" <= ${new Date(ctx.now())}`;
    const ids = [...new Set((await proposalRows(tx, isLate)).map((p) => p.cycleId))];
    if (ids.length === 0) return [0, []] as const;
    // A decision locks its cycle before it looks at the proposals, so this does as well, and looks again under the lock.
    const rows = await cycleRows(tx, sql`y."id" = ANY(${ids}::uuid[])`, sql`FOR UPDATE`);
    const late = await proposalRows(tx, isLate);
    await settleProposals(
      tx,
      late.map((p) => ({ id: p.id, state: "expired", by: null, at: p.expiresAt, reason: null })),
    );
    for (const { id } of rows.filter((row) => row.state === "waiting")) {
      const states = (await proposalRows(tx, sql`p."cycleId" = ${id}::uuid`)).map((p) => p.state);
      await updateCycle(tx, id, { state: settledState(states) });
    }
    return [late.length, ids] as const;
  });
  for (const id of cycles) tell({ ctx, id: brand<CycleId>(id) }, { expired: true });
  return count;
}
