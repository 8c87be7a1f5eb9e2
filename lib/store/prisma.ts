import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/store/generated/client";
import { closeConnections, connections, statementName, statementsOn, type Statements } from "./connections";
import { closeStandpoints, standpoint } from "./past/standpoint";
import { transaction } from "./transaction";
import type { WorkspaceId } from "@/lib/domain/ids";

/** A transaction that sees one workspace's rows and no other's. */
export type Tx = Statements;

// One client per process: Next reloads modules in development.
const held = globalThis as { palimpsestPrisma?: PrismaClient };

/** For what belongs to no workspace (credentials, migrations' neighbours); everything else goes through `inWorkspace`. */
export function prisma(): PrismaClient {
  held.palimpsestPrisma ??= new PrismaClient({
    adapter: new PrismaPg(connections(), { statementNameGenerator: statementName }),
  });
  return held.palimpsestPrisma;
}

/** Single statements outside any transaction, for what is asked before every request; they see no workspace's rows. */
export const direct = (): Statements => standpoint()?.statements ?? statementsOn(connections());

/** Lets go of the database; whoever needs it next opens it again. */
export async function disconnect(): Promise<void> {
  await closeStandpoints();
  await held.palimpsestPrisma?.$disconnect();
  delete held.palimpsestPrisma;
  await closeConnections();
}

/**
 * Runs `work` in one transaction under the workspace's row-level security: one snapshot of names, and nothing of a
 * neighbour can be read even by a query that forgot its filter.
 */
export const inWorkspace = <T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  earlier(workspaceId, work) ?? transaction({ workspaceId, begin: "BEGIN", work });

/** Work that stands at an earlier point reads there. That state moves no more, so it needs no transaction; null in the present. */
export function earlier<T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> | null {
  const there = standpoint();
  return there?.workspaceId === workspaceId ? work(there.statements) : null;
}
