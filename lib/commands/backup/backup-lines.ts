import { backupTables, rowsOf } from "@/lib/store/backup-tables";
import { brand, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import { createHash } from "node:crypto";
import { exportLedger } from "@/lib/queries/export-ledger";
import { listWorkspaces } from "@/lib/store/workspaces";

export const BACKUP_VERSION = 1;

/**
 * All that a lost disk would take for good, as lines of JSON: a head, what belongs to the installation, then per workspace its
 * ledger in our own NDJSON and the rows that no ledger tells (keys as hashes, logged recalls, outcomes), and a foot that
 * vouches for everything above it.
 */
export async function* backupLines(now: () => Millis): AsyncGenerator<string> {
  const hash = createHash("sha256");
  let lines = 0;
  for await (const line of contents(now)) {
    hash.update(line);
    lines += 1;
    yield line;
  }
  yield written({ type: "backupEnd", lines, sha256: hash.digest("hex") });
}

async function* contents(now: () => Millis): AsyncGenerator<string> {
  const [tables, workspaces] = [await backupTables(), await listWorkspaces()];
  yield written({
    type: "backup",
    version: BACKUP_VERSION,
    createdAt: new Date(now()).toISOString(),
    workspaces: workspaces.length,
  });
  for (const table of tables.filter((t) => !t.isOfWorkspace))
    for await (const row of rowsOf(table, null)) yield rowLine(table.name, row);
  for (const { id, name, createdAt, archivedAt } of workspaces) {
    const workspaceId = brand<WorkspaceId>(id);
    yield written({
      type: "workspace",
      id,
      name,
      createdAt: createdAt.toISOString(),
      archivedAt: archivedAt?.toISOString() ?? null,
    });
    yield* exportLedger({ workspaceId, now });
    for (const table of tables.filter((t) => t.isOfWorkspace))
      for await (const row of rowsOf(table, workspaceId)) yield rowLine(table.name, row);
  }
}

const written = (value: object): string => `${JSON.stringify(value)}\n`;
/** The row is JSON already, as the database wrote it. */
const rowLine = (table: string, row: string): string =>
  `{"type":"row","table":${JSON.stringify(table)},"row":${row}}\n`;
