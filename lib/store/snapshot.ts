import { prisma, type Tx } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

const LONG_WORK_MS = 600_000;
const WAIT_FOR_CONNECTION_MS = 15_000;

/** Reads one workspace as it was at one moment, however long the reading takes and whatever is appended meanwhile. */
export async function inSnapshot<T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.workspace', ${workspaceId}, true)`;
      return work(tx);
    },
    { isolationLevel: "RepeatableRead", timeout: LONG_WORK_MS, maxWait: WAIT_FOR_CONNECTION_MS },
  );
}
