import { inWorkspace } from "./prisma";
import type { EdgeRegisters } from "@/lib/domain/registers/edge-registers";
import type { EntityRegisters } from "@/lib/domain/registers/entity-registers";
import type { Seq, WorkspaceId } from "@/lib/domain/ids";

/** What is said of one entity or edge; written by `project` under its type. */
export type GraphEditRow =
  | { readonly id: string; readonly targetType: "entity"; readonly registers: EntityRegisters }
  | { readonly id: string; readonly targetType: "edge"; readonly registers: EdgeRegisters };

/** Entities and edges that moved after one seq and up to another. */
export const graphEditRows = (
  workspaceId: WorkspaceId,
  range: { readonly after: Seq; readonly upTo: Seq },
): Promise<GraphEditRow[]> =>
  inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw`
      SELECT "id", "targetType", "registers" FROM "GraphEdit"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" > ${range.after} AND "seq" <= ${range.upTo} ORDER BY "seq", "id"`,
  );
