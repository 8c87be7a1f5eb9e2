import { crossesTargets, objectOf, type Change } from "@/lib/domain/ledger/change";
import type { WorkspaceId } from "@/lib/domain/ids";

/** What the ledger keeps of a change beside its own fields; bytes as the statement that inserts them reads them. */
interface Kept {
  readonly cause: unknown;
  readonly payload: unknown;
  readonly textHmac: string | null;
  readonly digest: string;
}

/** A change as a row to be inserted. What the digest does not cover is worked out from the change. */
export const changeRow = (workspaceId: WorkspaceId, change: Change, kept: Kept): object => ({
  workspaceId,
  seq: change.seq,
  id: change.id,
  at: new Date(change.at).toISOString(),
  op: change.op,
  targetType: change.target.type,
  targetId: change.target.id,
  objectId: objectOf(change),
  actor: change.actor,
  cause: kept.cause,
  groupId: change.groupId,
  cycleId: change.cycleId,
  payload: kept.payload,
  textHmac: kept.textHmac,
  dependsOn: change.dependsOn,
  crossDependency: crossesTargets(change),
  support: change.support,
  supportIds: change.support?.terms.map((t) => t.change) ?? [],
  reverts: change.reverts,
  origin: change.origin,
  session: change.session,
  digest: kept.digest,
});
