import { setImmediate as nextTurn } from "node:timers/promises";

import type { Context } from "@/lib/commands/context";
import type { ProposerView } from "@/lib/commands/cycle/proposer";
import type { Parameters } from "@/lib/domain/parameters";
import { headSeq } from "@/lib/store/index-rows";
import { inSnapshot } from "@/lib/store/snapshot";

/** What a cycle shows to its proposers, for asking one of them outside a cycle. */
export async function withView<T>(
  ctx: Context,
  parameters: Parameters,
  work: (view: ProposerView) => Promise<T>,
): Promise<T> {
  const head = await headSeq(ctx.workspaceId);
  return inSnapshot(ctx.workspaceId, (tx) =>
    work({
      workspaceId: ctx.workspaceId,
      tx,
      now: ctx.now(),
      parameters,
      since: 0,
      head,
      usesOf: () => Promise.resolve(new Map()),
      isSettled: () => false,
      breathe: () => nextTurn(),
    }),
  );
}
