import { backupTables, insertRows, type BackupTable } from "@/lib/store/backup-tables";
import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { findWorkspace, insertWorkspace } from "@/lib/store/access";
import { listWorkspaces, updateWorkspace } from "@/lib/store/workspaces";
import { readBackup, type BackedUpWorkspace, type BackupContents } from "./read-backup";
import { Refusal } from "@/lib/domain/errors";
import { restoreLedger } from "@/lib/store/restore";

export interface RestoredBackup extends BackupContents {
  /** Tables that this version does not have; their rows were left out. */
  readonly unknownTables: readonly string[];
}

/**
 * Puts a backup into an empty store: first the whole file is checked, then each workspace's ledger is restored in one
 * transaction and verified on the way. Cut off in the middle it can be run again: what is there already stays as it is.
 */
export async function restoreBackup(file: string): Promise<RestoredBackup> {
  const contents = await readBackup(file);
  await requireRoom(contents);
  const unknownTables = new Set<string>();
  const rows = rowSink(await backupTables(), unknownTables);
  await readBackup(file, {
    ledger: async (workspace, lines) => {
      await rows.flush();
      await ensureWorkspace(workspace);
      return (await restoreLedger({ workspaceId: brand<WorkspaceId>(workspace.id) }, lines)).head;
    },
    row: rows.take,
    workspaceEnd: rows.flush,
  });
  return { ...contents, unknownTables: [...unknownTables] };
}

/** A store with anything of its own in it is not written over. */
async function requireRoom({ workspaces }: BackupContents): Promise<void> {
  const heads = new Map(workspaces.map(({ id, head }) => [id, head.seq]));
  const taken = (await listWorkspaces()).filter(
    ({ id, headSeq }) => headSeq > 0 && headSeq !== heads.get(id),
  );
  const [first] = taken;
  if (first === undefined) return;
  throw new Refusal(
    "conflict",
    `This store holds ${first.headSeq} changes of its own in the workspace "${first.name}". Restore into an empty store: set PALIMPSEST_DATA_DIR to a new folder, or DATABASE_URL to an empty database.`,
  );
}

async function ensureWorkspace({ id, name, createdAt, archivedAt = null }: BackedUpWorkspace): Promise<void> {
  if ((await findWorkspace(id)) === null)
    await insertWorkspace({ id, name, createdAt: millis(Date.parse(createdAt)) });
  // The first one is there in every store, under the name it is born with.
  await updateWorkspace(id, { name, archivedAt: archivedAt === null ? null : new Date(archivedAt) });
}

const ROWS_PER_STATEMENT = 500;

/** Rows as they come, many in one statement; a change of table or workspace sends what is waiting. */
function rowSink(tables: readonly BackupTable[], unknown: Set<string>) {
  let waiting: {
    readonly table: BackupTable;
    readonly workspaceId: WorkspaceId | null;
    readonly rows: object[];
  } | null = null;
  const flush = async () => {
    const sent = waiting;
    waiting = null;
    if (sent !== null) await insertRows(sent.table, sent.workspaceId, sent.rows);
  };
  const take = async (workspace: BackedUpWorkspace | null, name: string, row: object) => {
    const table = tables.find((one) => one.name === name);
    if (table === undefined) return void unknown.add(name);
    const workspaceId = workspace === null ? null : brand<WorkspaceId>(workspace.id);
    if (
      waiting !== null &&
      (waiting.table !== table ||
        waiting.workspaceId !== workspaceId ||
        waiting.rows.length >= ROWS_PER_STATEMENT)
    )
      await flush();
    waiting ??= { table, workspaceId, rows: [] };
    waiting.rows.push(row);
  };
  return { take, flush };
}
