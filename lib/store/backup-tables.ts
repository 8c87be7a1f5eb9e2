import { constantSql, joinSql, sql } from "./sql";
import { direct, inWorkspace } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** What a backup brings along beside the ledgers: rows as JSON, by table. */
export interface BackupTable {
  readonly name: string;
  /** Its rows belong to one workspace each; else to the installation. */
  readonly isOfWorkspace: boolean;
  /** The columns that order its rows, and tell one from another. */
  readonly key: readonly string[];
}

/** Told by the ledgers themselves, line by line. */
const LEDGER = ["Workspace", "Change", "ChangeText", "Epoch"];
/** Made anew from the ledger and its texts. */
const REBUILT = [
  "ChangeStatus",
  "ChangeEffect",
  "Memory",
  "Relation",
  "GraphEdit",
  "WorkspaceState",
  "Embedding",
  "Extraction",
];
/**
 * Of the moment: sessions, links to sign in or set a password with, counts of wrong guesses, leases of running work, answers kept for
 * a retry, and the migrations' own table.
 */
const PASSING = [
  "BrowserSession",
  "LoginToken",
  "PasswordReset",
  "GuessAllowance",
  "IdempotentAnswer",
  "CycleLease",
  "_prisma_migrations",
];
const LEFT_OUT = [...LEDGER, ...REBUILT, ...PASSING];

/**
 * Every table that a lost disk would take with it for good: all but those named above, so that a table which is new is in the
 * backup unless somebody has said why it need not be. Those that others refer to come first.
 */
export async function backupTables(): Promise<readonly BackupTable[]> {
  const tables = await direct().$queryRaw<(BackupTable & { readonly refersTo: readonly string[] })[]>`
    SELECT c.relname::text AS "name",
      EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspaceId' AND NOT a.attisdropped) AS "isOfWorkspace",
      ARRAY(SELECT a.attname::text FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place) AS "key",
      ARRAY(SELECT DISTINCT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid WHERE f.conrelid = c.oid AND f.contype = 'f') AS "refersTo"
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> ALL(${LEFT_OUT}::text[])
    ORDER BY c.relname`;
  const sorted: BackupTable[] = [];
  const enter = (table: (typeof tables)[number], via: readonly string[]): void => {
    if (sorted.some((one) => one.name === table.name) || via.includes(table.name)) return;
    for (const other of tables) if (table.refersTo.includes(other.name)) enter(other, [...via, table.name]);
    const { name, isOfWorkspace, key } = table;
    sorted.push({ name, isOfWorkspace, key });
  };
  for (const table of tables) enter(table, []);
  return sorted;
}

const ROWS_PER_PAGE = 500;
const quoted = (name: string) => constantSql(`"${name.replaceAll('"', '""')}"`);

/** The rows of a table as JSON texts, in the order of its key; those of one workspace, or of a table that belongs to none. */
export async function* rowsOf(table: BackupTable, workspaceId: WorkspaceId | null): AsyncGenerator<string> {
  let last: string | undefined;
  do {
    const rows = await pageAfter(table, workspaceId, last);
    yield* rows;
    last = rows.length < ROWS_PER_PAGE ? undefined : rows.at(-1);
  } while (last !== undefined);
}

async function pageAfter(
  { name, key }: BackupTable,
  workspaceId: WorkspaceId | null,
  last: string | undefined,
): Promise<string[]> {
  const columns = (alias: string) =>
    joinSql(
      key.map((column) => sql`${constantSql(alias)}.${quoted(column)}`),
      ", ",
    );
  const own = workspaceId === null ? sql`true` : sql`t."workspaceId" = ${workspaceId}::uuid`;
  const after =
    last === undefined
      ? sql`true`
      : sql`ROW(${columns("t")}) > (SELECT ${columns("r")} FROM jsonb_populate_record(NULL::${quoted(name)}, ${last}::jsonb) r)`;
  const query = (on: Pick<ReturnType<typeof direct>, "$queryRaw">) => on.$queryRaw<{ row: string }[]>`
    SELECT to_jsonb(t)::text AS "row" FROM ${quoted(name)} t WHERE ${own} AND ${after} ORDER BY ${columns("t")} LIMIT ${ROWS_PER_PAGE}`;
  const rows = workspaceId === null ? await query(direct()) : await inWorkspace(workspaceId, query);
  return rows.map(({ row }) => row);
}

/**
 * Puts rows back; one that is there already stays as it is. Only columns that a row names are written, so that a column which
 * is newer than the backup gets its default.
 */
export async function insertRows(
  table: BackupTable,
  workspaceId: WorkspaceId | null,
  rows: readonly object[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const known = await columnsOf(table.name);
  const columns = joinSql(
    Object.keys(first)
      .filter((name) => known.has(name))
      .map(quoted),
    ", ",
  );
  const insert = (on: Pick<ReturnType<typeof direct>, "$executeRaw">) => on.$executeRaw`
    INSERT INTO ${quoted(table.name)} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${quoted(table.name)}, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT DO NOTHING`;
  await (workspaceId === null ? insert(direct()) : inWorkspace(workspaceId, insert));
}

async function columnsOf(table: string): Promise<ReadonlySet<string>> {
  const rows = await direct().$queryRaw<{ name: string }[]>`
    SELECT column_name::text AS "name" FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ${table} AND is_generated = 'NEVER'`;
  return new Set(rows.map(({ name }) => name));
}
