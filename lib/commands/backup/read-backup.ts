import { BACKUP_VERSION } from "./backup-lines";
import { createGunzip } from "node:zlib";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { isFields, jsonOrNull, textAt, type Fields } from "../import/fields";
import { linesOf, type Line } from "../import/lines";
import { pipeline } from "node:stream/promises";
import { readExport, type ExportLine } from "@/lib/store/read-export";
import { Refusal } from "@/lib/domain/errors";
import type { ExportHead } from "@/lib/store/restore-lines";

export interface BackedUpWorkspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** When it was put away; older backups do not say. */
  readonly archivedAt?: string | null;
}

/** What a backup was found to hold, once every line of it was checked. */
export interface BackupContents {
  readonly createdAt: string;
  readonly workspaces: readonly (BackedUpWorkspace & { readonly head: ExportHead })[];
  readonly rows: number;
}

/** Takes a backup in, part by part; `ledger` must read its lines to their end. */
export interface BackupSink {
  readonly ledger: (workspace: BackedUpWorkspace, lines: AsyncIterable<ExportLine>) => Promise<ExportHead>;
  readonly row: (workspace: BackedUpWorkspace | null, table: string, row: object) => Promise<void>;
  readonly workspaceEnd: () => Promise<void>;
}

/** Nothing but checks: each chain is followed to its head. */
const CHECKING: BackupSink = {
  ledger: async (_workspace, lines) => (await readExport(lines)).head,
  row: () => Promise.resolve(),
  workspaceEnd: () => Promise.resolve(),
};

/** A single row may hold a report of some length. */
const LONGEST_LINE_BYTES = 67_108_864;
const LEDGER_TYPES = new Set(["palimpsest", "change", "epoch"]);

/** Reads a backup to its foot, following every chain and the sum over all; a file that was cut or altered is refused. */
export async function readBackup(file: string, sink: BackupSink = CHECKING): Promise<BackupContents> {
  const gunzip = createGunzip();
  // A failure of the disk ends the unpacking, and with it the reading below.
  const fed = pipeline(createReadStream(file), gunzip).catch(() => undefined);
  try {
    return await readLines(cursorOf(linesOf(gunzip, LONGEST_LINE_BYTES)), sink);
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error) || !("code" in error)) throw error;
    throw new Refusal(
      "invalid_input",
      `${file} cannot be read as a backup: ${error.message}. Nothing of it was used.`,
    );
  } finally {
    gunzip.destroy();
    await fed;
  }
}

interface Read extends Line {
  readonly fields: Fields;
}

/** Lines one by one, with a look at the next, and the sum over all that were taken. */
function cursorOf(lines: AsyncGenerator<Line>) {
  const hash = createHash("sha256");
  let ahead: Read | null | undefined;
  let taken = 0;
  const look = async (): Promise<Read | null> => {
    if (ahead !== undefined) return ahead;
    const { value, done } = await lines.next();
    const fields = done ? null : jsonOrNull(value.text);
    if (!done && !isFields(fields)) throw refusal(value.line, "is not a JSON object");
    return (ahead = done || !isFields(fields) ? null : { ...value, fields });
  };
  const take = async (): Promise<Read | null> => {
    const found = await look();
    ahead = undefined;
    if (found !== null) taken = found.line;
    return found;
  };
  return {
    look,
    take,
    add: (text: string) => hash.update(`${text}\n`),
    sum: () => hash.copy().digest("hex"),
    taken: () => taken,
  };
}
type Cursor = ReturnType<typeof cursorOf>;

async function readLines(cursor: Cursor, sink: BackupSink): Promise<BackupContents> {
  const head = await requireHead(cursor);
  const workspaces: BackupContents["workspaces"][number][] = [];
  let rows = 0;
  let current: BackedUpWorkspace | null = null;
  for (let read = await cursor.take(); read !== null; read = await cursor.take()) {
    const { fields, text, line } = read;
    if (fields["type"] === "backupEnd") {
      if (current !== null) await sink.workspaceEnd();
      await requireEnd(cursor, { fields, line, workspaces: workspaces.length, expected: head.workspaces });
      return { createdAt: head.createdAt, workspaces, rows };
    }
    cursor.add(text);
    if (fields["type"] === "workspace") {
      if (current !== null) await sink.workspaceEnd();
      current = workspaceOf(fields, line);
      workspaces.push({ ...current, head: await sink.ledger(current, ledgerLines(cursor)) });
    } else if (fields["type"] === "row" && isFields(fields["row"]) && typeof fields["table"] === "string") {
      rows += 1;
      await sink.row(current, fields["table"], fields["row"]);
    } else throw refusal(line, "is no part of a backup");
  }
  throw refusal(cursor.taken() + 1, "is missing: the file was cut off");
}

async function* ledgerLines(cursor: Cursor): AsyncGenerator<ExportLine> {
  for (
    let next = await cursor.look();
    next !== null && LEDGER_TYPES.has(String(next.fields["type"]));
    next = await cursor.look()
  ) {
    await cursor.take();
    cursor.add(next.text);
    yield { line: next.line, text: next.text };
  }
}

async function requireHead(
  cursor: Cursor,
): Promise<{ readonly createdAt: string; readonly workspaces: number }> {
  const read = await cursor.take();
  if (read === null || read.fields["type"] !== "backup")
    throw refusal(1, "is not the head of a backup; give a file that `npm run backup` wrote");
  const { version, createdAt, workspaces } = read.fields;
  if (version !== BACKUP_VERSION)
    throw refusal(1, `has version ${String(version)}; this program reads version ${BACKUP_VERSION}`);
  if (textAt(createdAt) === undefined || typeof workspaces !== "number")
    throw refusal(1, "has no time or no number of workspaces");
  cursor.add(read.text);
  return { createdAt: String(createdAt), workspaces };
}

interface End {
  readonly fields: Fields;
  readonly line: number;
  readonly workspaces: number;
  readonly expected: number;
}

async function requireEnd(cursor: Cursor, { fields, line, workspaces, expected }: End): Promise<void> {
  if (fields["sha256"] !== cursor.sum() || fields["lines"] !== line - 1)
    throw refusal(line, "does not vouch for what is above it: the file was altered");
  if (workspaces !== expected)
    throw refusal(line, `ends a backup of ${expected} workspaces, of which ${workspaces} are there`);
  if ((await cursor.look()) !== null) throw refusal(line + 1, "follows the end of the backup");
}

function workspaceOf(fields: Fields, line: number): BackedUpWorkspace {
  const [id, name, createdAt] = [textAt(fields["id"]), textAt(fields["name"]), textAt(fields["createdAt"])];
  if (id === undefined || createdAt === undefined || Number.isNaN(Date.parse(createdAt)))
    throw refusal(line, "names no workspace");
  const archivedAt = textAt(fields["archivedAt"]);
  if (archivedAt !== undefined && Number.isNaN(Date.parse(archivedAt)))
    throw refusal(line, "names no workspace");
  return { id, name: name ?? "", createdAt, archivedAt: archivedAt ?? null };
}

const refusal = (line: number, message: string): Refusal =>
  new Refusal("invalid_input", `Line ${line} ${message}. Nothing of the backup was used.`, {
    fields: [{ path: `line ${line}`, message }],
    extra: { line },
  });
