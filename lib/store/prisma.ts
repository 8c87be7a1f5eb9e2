import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "@/lib/store/generated/client";
import { env } from "@/lib/env";
import type { WorkspaceId } from "@/lib/domain/ids";

/** A transaction that sees one workspace's rows and no other's. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;
const LONG_WORK_MS = 300_000;
const WAIT_FOR_CONNECTION_MS = 15_000;

// One client per process: Next reloads modules in development, and each client is a pool.
const held = globalThis as { palimpsestPrisma?: PrismaClient };

/** For what belongs to no workspace (credentials, migrations' neighbours); everything else goes through `inWorkspace`. */
export function prisma(): PrismaClient {
  held.palimpsestPrisma ??= connect();
  return held.palimpsestPrisma;
}

/**
 * Runs `work` in one transaction under the workspace's row-level security: one snapshot of names, and nothing of a
 * neighbour can be read even by a query that forgot its filter.
 */
export async function inWorkspace<T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.workspace', ${workspaceId}, true)`;
      return work(tx);
    },
    { timeout: LONG_WORK_MS, maxWait: WAIT_FOR_CONNECTION_MS },
  );
}

function connect(): PrismaClient {
  const connectionString = env.databaseUrl;
  if (connectionString === null) throw new Error("no database: DATABASE_URL is not set; start with `npm start`, which provides one");
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max: CONNECTIONS }) });
}
