import { apply, type Applied } from "@/lib/domain/ledger/apply";
import { chained, insertChained } from "./chained-rows";
import { followDeclines } from "./decisions";
import { inWorkspace, type Tx } from "./prisma";
import { ledgerReader } from "./ledger-reader";
import {
  millis,
  seqOf,
  type GroupId,
  type MemoryId,
  type Millis,
  type Seq,
  type WorkspaceId,
} from "@/lib/domain/ids";
import { parametersFrom, type Parameters } from "@/lib/domain/parameters";
import { project } from "./project";
import { measureWhenDoubled } from "./statistics";
import { Refusal } from "@/lib/domain/errors";
import type { Actor, Draft } from "@/lib/domain/ledger/change";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { WorkspaceRegisters } from "@/lib/domain/registers/workspace-registers";

/** Who writes, where, by which clock. */
export interface Writer {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly now: () => Millis;
  readonly idempotency: {
    readonly key: string;
    readonly operation: string;
    readonly bodyHash: Uint8Array<ArrayBuffer>;
  } | null;
}

/** What a command sees while it decides: the workspace is locked, so nothing moves under it. */
export interface Locked {
  readonly workspaceId: WorkspaceId;
  readonly tx: Tx;
  readonly reader: LedgerReader;
  readonly head: Seq;
  readonly at: Millis;
  readonly parameters: Parameters;
  /** Says that an id was made just now, so that nothing need be read about it. */
  readonly expect: (id: MemoryId) => void;
}

export interface Appended extends Applied {
  readonly workspaceId: WorkspaceId;
  readonly head: Seq;
  readonly at: Millis;
  readonly parameters: Parameters;
  readonly groupId: GroupId | null;
}

/** One write: what to append, decided under the lock, and what to answer, read back in the same transaction. */
export interface Act<R> {
  /** Asked together with the lock, in one trip, and answered when it is held; for what is known to be needed beforehand. */
  readonly ask?: (tx: Tx) => Promise<unknown>;
  readonly decide: (locked: Locked) => Promise<readonly Draft[]>;
  readonly answer: (appended: Appended, tx: Tx) => Promise<R>;
  readonly dryRun?: boolean | undefined;
}

/**
 * THE write: the only code that adds to the ledger or alters its projection, and it does both in one transaction.
 * No drafts: nothing is written. With `dryRun` the same transaction runs to its end, answer included, and is then thrown
 * away, so a preview is the act itself (law 12).
 */
export async function append<R>(writer: Writer, act: Act<R>): Promise<R> {
  try {
    const { appended, answer } = await inWorkspace(writer.workspaceId, async (tx) => {
      const done = await appendIn(tx, writer, act);
      if (act.dryRun) throw new ThrownAway(done.answer);
      return done;
    });
    if (appended.changes.length > 0) announce(writer.workspaceId, appended);
    await measureWhenDoubled(seqOf(appended.head - appended.changes.length), appended.head);
    return answer;
  } catch (error) {
    // The answer left the transaction as this act's own, so it has this act's type.
    if (error instanceof ThrownAway) return error.answer as R;
    throw error;
  }
}

type Listener = (workspaceId: WorkspaceId, appended: Appended) => void;
// One set of listeners per process: Next reloads modules in development, and each would otherwise have its own.
const held = globalThis as { palimpsestListeners?: Set<Listener> };

/** Tells this process's listeners (live pages, the search index) after each commit; other processes see the head move. */
export function onAppend(listener: Listener): () => void {
  held.palimpsestListeners ??= new Set();
  held.palimpsestListeners.add(listener);
  return () => held.palimpsestListeners?.delete(listener);
}

function announce(workspaceId: WorkspaceId, appended: Appended): void {
  for (const listener of held.palimpsestListeners ?? []) listener(workspaceId, appended);
}

class ThrownAway extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super("a preview ran to its end and was rolled back");
    this.answer = answer;
  }
}

async function appendIn<R>(tx: Tx, writer: Writer, act: Act<R>): Promise<{ appended: Appended; answer: R }> {
  // Statements of one connection are answered in order, so that what is asked here is told as it is under the lock.
  const [{ head, digest, lastAt, parameters }] = await Promise.all([
    lock(tx, writer.workspaceId),
    act.ask?.(tx),
  ]);
  await claim(tx, writer);
  const unheardOf = new Set<MemoryId>();
  const reader = ledgerReader(tx, unheardOf);
  // Time never runs backwards within a ledger, so that a point in time names a point of the ledger.
  const at = millis(Math.max(writer.now(), lastAt));
  const drafts = await act.decide({
    workspaceId: writer.workspaceId,
    tx,
    reader,
    head,
    at,
    parameters,
    expect: (id) => void unheardOf.add(id),
  });
  const applied = await apply(reader, head, { drafts, at });
  const seq = seqOf(head + applied.changes.length);
  if (applied.changes.length > 0) {
    const rows = chained(writer.workspaceId, digest, applied.changes);
    // They touch different tables, so they are sent together; the transaction holds all of them or none.
    await Promise.all([
      insertChained(tx, rows),
      project(tx, applied, { workspaceId: writer.workspaceId, seq, at, parameters }),
      tx.$executeRaw`UPDATE "Workspace" SET "headSeq" = ${seq}, "headDigest" = ${rows.digest} WHERE "id" = ${writer.workspaceId}::uuid`,
    ]);
    await followDeclines(tx, applied, at);
  }
  const appended = {
    ...applied,
    workspaceId: writer.workspaceId,
    head: seq,
    at,
    parameters,
    groupId: applied.changes[0]?.groupId ?? null,
  };
  return { appended, answer: await act.answer(appended, tx) };
}

interface LockRow {
  readonly headSeq: bigint;
  readonly headDigest: Uint8Array<ArrayBuffer>;
}

interface StateRow {
  readonly registers: WorkspaceRegisters | null;
  readonly lastAt: Date | null;
}

/** The workspace's row is the lock under which seq is given out: appends of one workspace queue here, others do not. */
async function lock(tx: Tx, workspaceId: WorkspaceId) {
  // They travel together. The second is a statement of its own: one that waited for the lock still sees the other tables as
  // they were before it waited, and the next begins when it is held.
  const [[row], [state]] = await Promise.all([
    tx.$queryRaw<LockRow[]>`
      SELECT "headSeq", "headDigest" FROM "Workspace" WHERE "id" = ${workspaceId}::uuid FOR UPDATE`,
    tx.$queryRaw<StateRow[]>`
      SELECT s."registers", c."at" AS "lastAt" FROM "Workspace" w
      LEFT JOIN "WorkspaceState" s ON s."workspaceId" = w."id"
      LEFT JOIN "Change" c ON c."workspaceId" = w."id" AND c."seq" = w."headSeq"
      WHERE w."id" = ${workspaceId}::uuid`,
  ]);
  if (!row) throw new Refusal("not_found", "This workspace does not exist.");
  const parameters = Object.entries(state?.registers?.parameters ?? {});
  return {
    head: seqOf(Number(row.headSeq)),
    digest: row.headDigest,
    lastAt: state?.lastAt?.getTime() ?? 0,
    parameters: parametersFrom(new Map(parameters.map(([name, write]) => [name, write.value] as const))),
  };
}

/** Takes the idempotency key inside the transaction: of two equal commands, one writes and the other fails here. */
async function claim(tx: Tx, { workspaceId, idempotency, now }: Writer): Promise<void> {
  if (idempotency === null) return;
  const claimed = await tx.$executeRaw`
    INSERT INTO "IdempotentAnswer" ("workspaceId", "key", "operation", "bodyHash", "status", "answer", "createdAt")
    VALUES (${workspaceId}::uuid, ${idempotency.key}, ${idempotency.operation}, ${idempotency.bodyHash}, 0, 'null', ${new Date(now())})
    ON CONFLICT DO NOTHING`;
  if (claimed === 0) throw new AlreadyClaimed();
}

/** The same idempotency key was used while this command waited for the lock; its answer is there to be read. */
export class AlreadyClaimed extends Error {}
