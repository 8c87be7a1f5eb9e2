import { revert } from "@/lib/commands/revert";
import { SCOPES } from "@/lib/domain/access";
import type { Context } from "@/lib/commands/context";
import type { CycleContext } from "./cycle-run";

/** Reverts everything a cycle did, by the same command a person has, on behalf of the cycle itself. */
export const takeBack = (ctx: CycleContext, cycleId: string, reason: string) =>
  revert(systemContext(ctx, cycleId), { cycleId, reason });

/** Improvement cycles act with every scope and are nobody's key. */
export const systemContext = ({ workspaceId, now }: CycleContext, cycleId: string): Context => ({
  workspaceId,
  now,
  actor: `cycle:${cycleId}`,
  scopes: SCOPES,
  trust: "owner",
  source: `owner:cycle/${cycleId}`,
  channel: "cycle",
  installation: false,
  idempotency: null,
});
