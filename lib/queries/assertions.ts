import { changesWhere } from "@/lib/store/ledger-reader";
import { sql } from "@/lib/store/sql";
import type { Change, Op } from "@/lib/domain/ledger/change";
import type { EdgeId, EntityId, MemoryId } from "@/lib/domain/ids";
import type { Tx } from "@/lib/store/prisma";

/** The live changes that hold a flag of a target up. */
export const liveAssertions = (tx: Tx, target: MemoryId | EntityId | EdgeId, op: Op): Promise<Change[]> =>
  changesWhere(
    tx,
    [target],
    sql`c."targetId" = ${target}::uuid AND c."op" = ${op} AND NOT EXISTS (
    SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')`,
  );
