import { inWorkspace } from "./prisma";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Seq, WorkspaceId } from "@/lib/domain/ids";

/** Two memories and what outcomes say of using both. */
export interface BondRow {
  readonly fromId: string;
  readonly toId: string;
  /** Nobody asserts it any more. */
  readonly exists: boolean;
  readonly evidence: EvidenceSums;
}

/** Relations that moved after one seq and up to another. */
export const bondRows = (
  workspaceId: WorkspaceId,
  range: { readonly after: Seq; readonly upTo: Seq },
): Promise<BondRow[]> =>
  inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw`
      SELECT "fromId", "toId", "exists", "registers"->'evidence' AS "evidence" FROM "Relation"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" > ${range.after} AND "seq" <= ${range.upTo} ORDER BY "seq", "id"`,
  );
