import { headOf } from "./head";
import { inWorkspace } from "@/lib/store/prisma";
import { openIndex } from "@/lib/search/live-index";
import type { Asker } from "./asker";

export interface Gauges {
  /** seq of the newest change. */
  readonly head: number;
  /** Changes that this process's search index has not taken in; null while it has none. */
  readonly indexLag: number | null;
  readonly embeddingsWaiting: number | null;
  readonly cycles: readonly { readonly state: string; readonly count: number }[];
  readonly webhookMessagesWaiting: number;
}

/** How far along everything is that follows the ledger of a workspace. */
export async function gauges(ctx: Pick<Asker, "workspaceId">): Promise<Gauges> {
  const { seq: head } = await headOf(ctx);
  const live = await openIndex(ctx.workspaceId);
  const stored = await inWorkspace(ctx.workspaceId, async (tx) => {
    const cycles = await tx.$queryRaw<{ state: string; count: number }[]>`
      SELECT "state", count(*)::int AS "count" FROM "Cycle" WHERE "workspaceId" = current_setting('app.workspace')::uuid GROUP BY 1 ORDER BY 1`;
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM "WebhookDelivery" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "state" = 'waiting'`;
    return { cycles, webhookMessagesWaiting: row?.count ?? 0 };
  });
  return {
    head,
    indexLag: live === null ? null : Math.max(0, head - live.seq),
    embeddingsWaiting: live === null ? null : live.waiting.size + live.moving,
    ...stored,
  };
}
