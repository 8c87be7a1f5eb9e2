import { emptyChain, type Chain, type Link } from "./chain";
import { inWorkspace, type Tx } from "./prisma";
import { objectOf, type Change } from "@/lib/domain/ledger/change";
import { readLine, type EpochPart, type ExportHead } from "./restore-lines";
import { rebuild } from "./rebuild";
import { Refusal } from "@/lib/domain/errors";
import type { WorkspaceId } from "@/lib/domain/ids";

export interface RestoredLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface Restored {
  readonly lines: number;
  /** 0 when the workspace held exactly this ledger already. */
  readonly changes: number;
  readonly head: ExportHead;
}

/**
 * Puts an export back into an empty workspace, verbatim, in one transaction: every digest is recomputed on the way, so a
 * file that was altered or cut off is refused with the number of its line and changes nothing. The projection is made
 * anew. Into the workspace that holds this very ledger already, it does nothing.
 */
export async function restoreLedger(
  ctx: { readonly workspaceId: WorkspaceId },
  lines: AsyncIterable<RestoredLine>,
): Promise<Restored> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const held = await lockedHead(tx, ctx.workspaceId);
    const file = await readFile(lines, { sink: held.seq === 0 ? inserter(tx, ctx.workspaceId) : null });
    if (held.seq > 0) {
      if (held.seq === file.head.seq && held.digest === file.head.digest)
        return { lines: file.lines, changes: 0, head: file.head };
      throw new Refusal(
        "conflict",
        `This workspace holds ${held.seq} changes of another ledger. Restore into a new workspace, or import without mode=restore to add to this one.`,
        {
          extra: { head: held, restoring: file.head },
        },
      );
    }
    await insertEpochs(tx, ctx.workspaceId, file.epochs);
    await tx.$executeRaw`
      UPDATE "Workspace" SET "headSeq" = ${file.head.seq}, "headDigest" = ${Buffer.from(file.head.digest, "hex")} WHERE "id" = ${ctx.workspaceId}::uuid`;
    await rebuild(tx, { workspaceId: ctx.workspaceId, changes: file.changes });
    return { lines: file.lines, changes: file.changes.length, head: file.head };
  });
}

async function lockedHead(tx: Tx, workspaceId: WorkspaceId): Promise<ExportHead> {
  const [row] = await tx.$queryRaw<{ headSeq: bigint; headDigest: Uint8Array }[]>`
    SELECT "headSeq", "headDigest" FROM "Workspace" WHERE "id" = ${workspaceId}::uuid FOR UPDATE`;
  if (row === undefined) throw new Refusal("not_found", "This workspace does not exist.");
  return { seq: Number(row.headSeq), digest: hex(row.headDigest) };
}

interface File {
  readonly lines: number;
  readonly head: ExportHead;
  readonly changes: readonly Change[];
  readonly epochs: readonly EpochPart[];
}

/** Takes in links as they are read; `end` when no more come. */
interface Sink {
  readonly take: (link: Link, change: Change) => Promise<void>;
  readonly end: () => Promise<void>;
}

async function readFile(
  lines: AsyncIterable<RestoredLine>,
  { sink }: { readonly sink: Sink | null },
): Promise<File> {
  const chain = emptyChain();
  const changes: Change[] = [];
  const epochs: EpochPart[] = [];
  const known = new Set<string>();
  let head: ExportHead | null = null;
  let last = 0;
  for await (const { line, text } of lines) {
    last = line;
    if (text.trim() === "") continue;
    const read = readLine(text);
    if (typeof read === "string") throw refusal(line, read);
    if (head === null && read.type !== "palimpsest")
      throw refusal(
        line,
        "is not the head of an export; give the file as it was exported, from its first line on",
      );
    if (read.type === "palimpsest") head = head === null ? read.head : refuseSecondHead(line);
    else if (read.type === "epoch") epochs.push(read.epoch);
    else {
      const change = follow(chain, read.link, { line, known });
      changes.push(change);
      await sink?.take(read.link, change);
    }
  }
  await sink?.end();
  if (head === null) throw refusal(1, "is missing: the file is empty");
  requireComplete(chain, changes, { head, last });
  return { lines: last, head, changes, epochs };
}

function refuseSecondHead(line: number): never {
  throw refusal(line, "is a second head; this file is two exports in one");
}

function follow(
  chain: Chain,
  link: Link,
  at: { readonly line: number; readonly known: Set<string> },
): Change {
  const { change, problem } = readable(chain, link, at.line);
  if (problem !== null) throw refusal(at.line, problem);
  const needed = change.reverts === null ? change.dependsOn : [...change.dependsOn, change.reverts];
  if (!needed.every((id) => at.known.has(id)))
    throw refusal(at.line, "stands on a change that is not in front of it");
  if (at.known.has(change.id)) throw refusal(at.line, "repeats the id of an earlier change");
  at.known.add(change.id);
  return change;
}

/** A payload of a wrong form cannot be put into canonical form at all. */
function readable(chain: Chain, link: Link, line: number): ReturnType<Chain["follow"]> {
  try {
    return chain.follow(link);
  } catch {
    throw refusal(line, "has a payload that no change of its op has");
  }
}

function requireComplete(
  chain: Chain,
  changes: readonly Change[],
  { head, last }: { readonly head: ExportHead; readonly last: number },
): void {
  if (changes.length !== head.seq || (head.seq > 0 && hex(chain.digest()) !== head.digest))
    throw refusal(
      last,
      `is the last one, and the file should hold ${head.seq} changes: it holds ${changes.length}, so it was cut off or altered`,
    );
  const [missing] = chain.missingTexts();
  // The head is the first line, and changes follow it one by one.
  if (missing !== undefined)
    throw refusal(missing + 1, "lacks its texts, although nothing in this ledger erased them");
}

const refusal = (line: number, message: string): Refusal =>
  new Refusal("invalid_input", `Line ${line} ${message}. Nothing was restored.`, {
    fields: [{ path: `line ${line}`, message }],
    extra: { line },
  });

/** Writes links as they come, many rows at a time. */
function inserter(tx: Tx, workspaceId: WorkspaceId): Sink {
  let waiting: { readonly row: object; readonly text: object | null }[] = [];
  const flush = async () => {
    const [rows, texts] = [waiting.map((w) => w.row), waiting.flatMap((w) => w.text ?? [])];
    waiting = [];
    // Column by name, bytes as PostgreSQL writes them: the table itself says what each field is.
    if (rows.length > 0)
      await tx.$executeRaw`INSERT INTO "Change" SELECT * FROM jsonb_populate_recordset(NULL::"Change", ${JSON.stringify(rows)}::jsonb)`;
    if (texts.length > 0)
      await tx.$executeRaw`INSERT INTO "ChangeText" SELECT * FROM jsonb_populate_recordset(NULL::"ChangeText", ${JSON.stringify(texts)}::jsonb)`;
  };
  return {
    take: async (link, change) => {
      const { salt, texts } = link;
      const text =
        salt === null || texts === null ? null : { workspaceId, seq: change.seq, salt: bytea(salt), texts };
      waiting.push({ row: rowOf(workspaceId, link, change), text });
      if (waiting.length >= ROWS_PER_STATEMENT) await flush();
    },
    end: flush,
  };
}

const ROWS_PER_STATEMENT = 2000;
/** As in `append`: everything but these depends on nothing but its own target's creation. */
const CROSSING = new Set<Change["op"]>(["merge", "member", "supersede", "contest", "link"]);

/** What the digest does not cover is worked out again, so that an altered file cannot bring it along. */
function rowOf(workspaceId: WorkspaceId, link: Link, change: Change): object {
  const { cause, payload, textHmac, digest } = link;
  return {
    workspaceId,
    seq: change.seq,
    id: change.id,
    at: new Date(change.at).toISOString(),
    op: change.op,
    targetType: change.target.type,
    targetId: change.target.id,
    objectId: objectOf(change),
    actor: change.actor,
    cause,
    groupId: change.groupId,
    cycleId: change.cycleId,
    payload,
    textHmac: textHmac === null ? null : bytea(textHmac),
    dependsOn: change.dependsOn,
    crossDependency: CROSSING.has(change.op) && change.dependsOn.length > 0,
    support: change.support,
    supportIds: change.support?.terms.map((t) => t.change) ?? [],
    reverts: change.reverts,
    origin: change.origin,
    session: change.session,
    digest: bytea(digest),
  };
}

async function insertEpochs(tx: Tx, workspaceId: WorkspaceId, parts: readonly EpochPart[]): Promise<void> {
  const whole = new Map<string, EpochPart>();
  for (const part of [...parts].sort((a, b) => a.part - b.part)) {
    const begun = whole.get(part.id);
    whole.set(
      part.id,
      begun === undefined ? part : { ...begun, statistics: begun.statistics + part.statistics },
    );
  }
  for (const { id, seq, createdAt, statistics } of whole.values()) {
    if (!isJson(statistics))
      throw new Refusal(
        "invalid_input",
        `The word statistics of epoch ${id} are not all there. Nothing was restored.`,
      );
    await tx.$executeRaw`
      INSERT INTO "Epoch" ("workspaceId", "id", "seq", "createdAt", "statistics")
      VALUES (${workspaceId}::uuid, ${id}, ${seq}, ${new Date(createdAt)}, ${statistics}::jsonb) ON CONFLICT DO NOTHING`;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytea = (bytes: Uint8Array): string => `\\x${hex(bytes)}`;
