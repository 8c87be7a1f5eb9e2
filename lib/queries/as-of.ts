import { changesWhere, ledgerReader } from "@/lib/store/ledger-reader";
import { foldAsOf } from "@/lib/domain/ledger/fold";
import { kinship } from "@/lib/domain/ledger/reach";
import {
  memoryId,
  millis,
  seqOf,
  WORKSPACE_TARGET,
  type MemoryId,
  type Millis,
  type Seq,
} from "@/lib/domain/ids";
import { parametersFrom } from "@/lib/domain/parameters";
import { Refusal } from "@/lib/domain/errors";
import { seqAt } from "./seq-at";
import { sql } from "@/lib/store/sql";
import { timeOf } from "@/lib/domain/time";
import { toMemoryOut } from "./memory-out";
import type { Change } from "@/lib/domain/ledger/change";
import type { MemoryOut } from "@/lib/contracts/memory";
import type { Tx } from "@/lib/store/prisma";

/** A point of the ledger: its first `seq` changes, and the time by which what fades is read. */
export interface Point {
  readonly seq: Seq;
  readonly at: Millis;
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/iu;

/** A seq, or a time: then everything that was in the ledger at that time, and for one to come all there is. */
export async function pointOf(tx: Tx, asOf: string): Promise<Point> {
  if (/^\d{1,15}$/.test(asOf)) return pointAtSeq(tx, Number(asOf));
  const at = TIME.test(asOf) ? timeOf(asOf) : millis(NaN);
  if (Number.isNaN(at))
    throw refusal("is neither a seq, such as 120, nor a time, such as 2026-05-01T12:00:00Z");
  return { seq: await seqAt(tx, at), at };
}

async function pointAtSeq(tx: Tx, seq: number): Promise<Point> {
  const [head] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT "headSeq" AS "seq" FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid`;
  if (seq > Number(head?.seq ?? 0))
    throw refusal(`is ahead of the ledger, whose newest seq is ${head?.seq ?? 0}`);
  const [change] = await tx.$queryRaw<{ at: Date }[]>`
    SELECT "at" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "seq" = ${seq}`;
  return { seq: seqOf(seq), at: millis(change?.at.getTime() ?? 0) };
}

/**
 * The memory as the ledger had it then: the naive fold of the part of the ledger that it can depend on, read with the
 * parameters and by the clock of that time. What was reverted later counts, for nobody had reverted it yet.
 */
export async function memoryAsOf(tx: Tx, id: MemoryId, point: Point): Promise<MemoryOut> {
  await requireKnown(tx, id);
  const changes = await surroundings(tx, id);
  const state = foldAsOf(changes, point.seq);
  const view = state.memories.get(id);
  if (!view?.exists) throw absent(id, changes, point.seq);
  const last = changes.findLast((c) => c.seq <= point.seq && c.target.id === id);
  const rivals = [...state.memories.values()].filter(
    (other) => other.exists && other.contestedWith.includes(id),
  );
  return toMemoryOut(view, {
    now: point.at,
    parameters: parametersFrom(state.parameters),
    seq: last?.seq ?? seqOf(0),
    updatedAt: last?.at ?? view.createdAt,
    contestedBy: rivals.map((other) => other.id),
  });
}

async function requireKnown(tx: Tx, id: MemoryId): Promise<void> {
  const [row] = await tx.$queryRaw<{ erased: boolean }[]>`
    SELECT "erased" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${id}::uuid`;
  if (!row) throw new Refusal("not_found", `There is no memory ${JSON.stringify(id)} in this workspace.`);
  if (row.erased)
    throw new Refusal(
      "erased",
      `Memory ${id} was erased on request. Its text is gone, also from every earlier point of the ledger.`,
    );
}

/**
 * Every change that a fold of one memory reads, in seq order: those of its relatives by merges, of the memories that
 * contest it, and of the parameters; and what decides whether these are live: their dependencies, and all reverts.
 */
async function surroundings(tx: Tx, id: MemoryId): Promise<Change[]> {
  const reader = ledgerReader(tx);
  const contests = await changesWhere(tx, [id], sql`c."op" = 'contest' AND c."objectId" = ${id}::uuid`);
  const kin = await kinship(reader, [id, ...contests.map((c) => memoryId(c.target.id))]);
  const found = new Map<string, Change>();
  let frontier: readonly Change[] = await reader.changesOf([
    ...kin.map((relative) => ({ type: "memory" as const, id: relative })),
    { type: "workspace", id: WORKSPACE_TARGET },
  ]);
  while (frontier.length > 0) {
    for (const change of frontier) found.set(change.id, change);
    const missing = [...new Set(frontier.flatMap((c) => c.dependsOn))].filter((needed) => !found.has(needed));
    const nearby = [
      ...(await reader.changes(missing)),
      ...(await reader.revertsOf(frontier.map((c) => c.id))),
    ];
    frontier = nearby.filter((c) => !found.has(c.id));
  }
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

function absent(id: MemoryId, changes: readonly Change[], seq: Seq): Refusal {
  const birth = changes.find((c) => c.target.id === id && (c.op === "create" || c.op === "merge"));
  if (birth === undefined || birth.seq > seq)
    return new Refusal("not_found", `Memory ${id} was not there yet at seq ${seq}.`, {
      extra: { createdAtSeq: birth?.seq ?? null },
    });
  const revert = changes.findLast((c) => c.reverts === birth.id && c.seq <= seq);
  return new Refusal(
    "not_found",
    `Memory ${id} was not there at seq ${seq}: its creation had been taken back.`,
    {
      extra: { revertedBy: revert?.id ?? null },
    },
  );
}

const refusal = (message: string): Refusal =>
  new Refusal("invalid_input", `\`asOf\` ${message}.`, { fields: [{ path: "asOf", message }] });
