import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "@/lib/store/generated/client";
import { env } from "@/lib/env";
import { statementNames } from "./statement-names";
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
  // Statements that are sent without waiting for one another travel together.
  const pool = { connectionString, max: CONNECTIONS, pipeline: true };
  return new PrismaClient({ adapter: new PrismaPg(pool, keepsStatements(connectionString) ? { statementNameGenerator: statementNames() } : {}) });
}

/** A pooler that keeps no prepared statements is told of in the address, as Prisma has always had it. */
const keepsStatements = (address: string): boolean => new URL(address).searchParams.get("pgbouncer") !== "true";
