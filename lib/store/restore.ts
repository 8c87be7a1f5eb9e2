import type { Link } from "./chain";
import { inWorkspace, type Tx } from "./prisma";
import { changeRow } from "./change-row";
import { readExport, type ExportLine, type ExportSink } from "./read-export";
import type { EpochPart, ExportHead } from "./restore-lines";
import { rebuild } from "./rebuild";
import { Refusal } from "@/lib/domain/errors";
import type { Change } from "@/lib/domain/ledger/change";
import type { WorkspaceId } from "@/lib/domain/ids";

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
  lines: AsyncIterable<ExportLine>,
): Promise<Restored> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const held = await lockedHead(tx, ctx.workspaceId);
    const file = await readExport(lines, held.seq === 0 ? inserter(tx, ctx.workspaceId) : null);
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

/** Writes links as they come, many rows at a time. */
function inserter(tx: Tx, workspaceId: WorkspaceId): ExportSink {
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

/** What the digest does not cover is worked out again, so that an altered file cannot bring it along. */
function rowOf(workspaceId: WorkspaceId, link: Link, change: Change): object {
  const { cause, payload, textHmac, digest } = link;
  return changeRow(workspaceId, change, {
    cause,
    payload,
    textHmac: textHmac === null ? null : bytea(textHmac),
    digest: bytea(digest),
  });
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
