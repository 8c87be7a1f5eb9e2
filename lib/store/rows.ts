import { reunite } from "./texts";
import { brand, millis, seqOf, type ChangeId, type CycleId, type GroupId } from "@/lib/domain/ids";
import type { Change, Op, Support } from "@/lib/domain/ledger/change";
import type { NotLive } from "@/lib/domain/ledger/live";

/** A row of "Change" joined with its texts, as raw SQL returns it. */
export interface ChangeRow {
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly op: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly actor: string;
  readonly cause: Record<string, unknown>;
  readonly groupId: string;
  readonly cycleId: string | null;
  readonly payload: Record<string, unknown>;
  readonly textHmac: Uint8Array | null;
  readonly dependsOn: string[];
  readonly support: Support | null;
  readonly reverts: string | null;
  readonly origin: string | null;
  readonly session: string | null;
  readonly digest: Uint8Array;
  readonly texts: Record<string, unknown> | null;
  readonly salt: Uint8Array | null;
}

/** The columns of `ChangeRow`, for a query with "Change" as c and "ChangeText" as t. */
export const CHANGE_COLUMNS = `c."seq", c."id", c."at", c."op", c."targetType", c."targetId", c."actor", c."cause", c."groupId", c."cycleId",
  c."payload", c."textHmac", c."dependsOn", c."support", c."reverts", c."origin", c."session", c."digest", t."texts", t."salt"`;

export function toChange(row: ChangeRow): Change {
  const reason = row.texts?.reason;
  const cause = { ...row.cause, ...(typeof reason === "string" ? { reason } : {}) };
  const fields: Record<keyof Change, unknown> = {
    seq: seqOf(Number(row.seq)),
    id: brand<ChangeId>(row.id),
    at: millis(row.at.getTime()),
    actor: row.actor,
    cause,
    groupId: brand<GroupId>(row.groupId),
    cycleId: row.cycleId === null ? null : brand<CycleId>(row.cycleId),
    op: row.op,
    target: { type: row.targetType, id: row.targetId },
    // Written by `append` from a change's op.
    payload: reunite(row.op as Op, row.payload, row.texts),
    dependsOn: row.dependsOn.map((id) => brand<ChangeId>(id)),
    support: row.support,
    reverts: row.reverts === null ? null : brand<ChangeId>(row.reverts),
    origin: row.origin,
    session: row.session,
  };
  // The columns were written from a Change, one to one; the database cannot carry the correlation of op and payload.
  return fields as unknown as Change;
}

export interface StatusRow {
  readonly changeId: string;
  readonly state: string;
  readonly by: string | null;
  readonly unsupported: boolean;
}

export function toNotLive(row: StatusRow): NotLive | null {
  if (row.state === "live" || row.by === null) return null;
  const by = brand<ChangeId>(row.by);
  return row.state === "reverted" ? { state: "reverted", by } : { state: "suspended", by };
}
