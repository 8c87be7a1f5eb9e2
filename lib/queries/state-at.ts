import { inPast } from "@/lib/store/past/in-past";
import { inWorkspace } from "@/lib/store/prisma";
import { pointOf } from "./as-of";
import type { Asker } from "./asker";

/**
 * Reads everything as the ledger had it at a seq or a time, by the clock of that time. What was reverted later counts, for nobody
 * had reverted it yet. A time that is still to come is the present.
 */
export async function readAsOf<C extends Asker, T>(
  ctx: C,
  asOf: string,
  read: (then: C) => Promise<T>,
): Promise<T> {
  const point = await inWorkspace(ctx.workspaceId, (tx) => pointOf(tx, asOf));
  if (point.at > ctx.now()) return read(ctx);
  return inPast({ workspaceId: ctx.workspaceId, ...point }, () => read({ ...ctx, now: () => point.at }));
}
