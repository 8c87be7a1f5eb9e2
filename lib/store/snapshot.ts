import { transaction } from "./transaction";
import { earlier, type Tx } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** Reads one workspace as it was at one moment, however long the reading takes and whatever is appended meanwhile. */
export const inSnapshot = <T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  earlier(workspaceId, work) ??
  transaction({ workspaceId, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ", work });
