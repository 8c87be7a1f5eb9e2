import { inWorkspace } from "@/lib/store/prisma";
import { ledgerPage } from "@/lib/store/ledger-pages";
import { seqOf, type Seq } from "@/lib/domain/ids";
import { objectOf } from "@/lib/domain/ledger/change";
import { toChange, type ChangeRow } from "@/lib/store/rows";
import type { Asker } from "./asker";

const FORMAT_VERSION = 1;
/** Statistics of a large store are longer than a line of text should be. */
const EPOCH_PART_LENGTH = 200_000;

/**
 * The whole ledger as lines of JSON, each with its line break: a head, every change with its texts in seq order, and the
 * frozen word statistics. Restored elsewhere it is the same ledger, digest for digest. What is appended while it runs is
 * not in it: the head says up to where it goes.
 */
export async function* exportLedger(ctx: Asker): AsyncGenerator<string> {
  const head = await headOf(ctx);
  yield line({
    type: "palimpsest",
    version: FORMAT_VERSION,
    head,
    exportedAt: new Date(ctx.now()).toISOString(),
  });
  for (let after = seqOf(0); after < head.seq;) {
    // A transaction per page: a slow reader at the other end must not hold one open.
    const rows = await inWorkspace(ctx.workspaceId, (tx) => ledgerPage(tx, { after, upTo: seqOf(head.seq) }));
    for (const row of rows) yield line(changeLine(row));
    after = lastSeq(rows) ?? seqOf(head.seq);
  }
  for (const epoch of await epochs(ctx)) yield* epochLines(epoch);
}

const lastSeq = (rows: readonly ChangeRow[]): Seq | null => {
  const last = rows.at(-1);
  return last === undefined ? null : seqOf(Number(last.seq));
};

async function headOf(ctx: Asker): Promise<{ seq: number; digest: string }> {
  const [row] = await inWorkspace(
    ctx.workspaceId,
    (tx) => tx.$queryRaw<{ headSeq: bigint; headDigest: Uint8Array }[]>`
    SELECT "headSeq", "headDigest" FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid`,
  );
  return { seq: Number(row?.headSeq ?? 0), digest: hex(row?.headDigest ?? new Uint8Array()) };
}

function changeLine(row: ChangeRow): object {
  const change = toChange(row);
  const {
    id,
    op,
    targetType,
    targetId,
    actor,
    cause,
    groupId,
    cycleId,
    payload,
    dependsOn,
    support,
    reverts,
    origin,
    session,
    texts,
  } = row;
  return {
    type: "change",
    seq: Number(row.seq),
    id,
    at: row.at.toISOString(),
    op,
    targetType,
    targetId,
    objectId: objectOf(change),
    actor,
    cause,
    groupId,
    cycleId,
    payload,
    textHmac: row.textHmac === null ? null : hex(row.textHmac),
    dependsOn,
    support,
    reverts,
    origin,
    session,
    digest: hex(row.digest),
    salt: row.salt === null ? null : hex(row.salt),
    texts,
  };
}

interface EpochRow {
  readonly id: string;
  readonly seq: bigint;
  readonly createdAt: Date;
  readonly statistics: string;
}

const epochs = (ctx: Asker): Promise<EpochRow[]> =>
  inWorkspace(
    ctx.workspaceId,
    (tx) => tx.$queryRaw<EpochRow[]>`
    SELECT "id", "seq", "createdAt", "statistics"::text AS "statistics" FROM "Epoch"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid ORDER BY "seq", "id"`,
  );

function* epochLines({ id, seq, createdAt, statistics }: EpochRow): Generator<string> {
  const parts = Math.max(1, Math.ceil(statistics.length / EPOCH_PART_LENGTH));
  for (let part = 0; part < parts; part += 1) {
    const piece = statistics.slice(part * EPOCH_PART_LENGTH, (part + 1) * EPOCH_PART_LENGTH);
    yield line({
      type: "epoch",
      id,
      seq: Number(seq),
      createdAt: createdAt.toISOString(),
      part: part + 1,
      parts,
      statistics: piece,
    });
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
