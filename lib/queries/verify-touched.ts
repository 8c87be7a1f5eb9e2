import { isDeepStrictEqual } from "node:util";
import { chainAfter, emptyChain } from "@/lib/store/chain";
import { chunks } from "@/lib/store/chunks";
import { constantSql } from "@/lib/store/sql";
import { contentHash } from "@/lib/store/project";
import { groupBy } from "@/lib/domain/group-by";
import { initial, stepAll } from "@/lib/domain/registers/memory-registers";
import { movedSince } from "@/lib/store/index-rows";
import { inSnapshot } from "@/lib/store/snapshot";
import { kinship } from "@/lib/domain/ledger/reach";
import { ledgerPage } from "@/lib/store/ledger-pages";
import { ledgerReader } from "@/lib/store/ledger-reader";
import { openIndex, readAtRest } from "@/lib/search/live-index";
import { memoryId, seqOf, type MemoryId, type Seq } from "@/lib/domain/ids";
import { MEMORY_COLUMNS, toView, type MemoryRow } from "./memory-out";
import { mismatchedTargets } from "./verify-targets";
import { movedView } from "@/lib/search/moved-memory";
import { resolve } from "@/lib/domain/memory/resolve";
import type { Asker } from "./asker";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Target } from "@/lib/domain/ledger/change";
import type { Tx } from "@/lib/store/prisma";

/** What one append did, as far as a check afterwards has to know it. */
export interface Touched {
  /** Its own changes: after the first seq, up to and with the second. */
  readonly after: Seq;
  readonly upTo: Seq;
  readonly targets: readonly Target[];
  /** Memories whose view moved, those that no change of it names included. */
  readonly memories: readonly MemoryId[];
  /** What is meant to be out of force now. */
  readonly takenOut: readonly string[];
}

export interface Checked {
  readonly ok: boolean;
  readonly changes: number;
  readonly targets: number;
  readonly indexed: number | null;
  readonly mismatches: string[];
}

const MOST_MISMATCHES = 20;
/** Targets between two steps of progress. */
const AT_ONCE = 500;

/**
 * Recomputes what one append touched, in one snapshot: the digests of its changes, the fold of each target from its part of the
 * ledger, the row that lists and recalls read, and whether the search index shows exactly what may be found. `verify` does the same for the whole
 * store, which takes as long as the store is large.
 */
export async function verifyTouched(
  { workspaceId }: Pick<Asker, "workspaceId">,
  touched: Touched,
  onProgress: (done: number) => void,
): Promise<Checked> {
  const views = new Map<MemoryId, MemoryView>();
  const { head, changes, mismatches } = await inSnapshot(workspaceId, async (tx) => {
    const head = await headSeq(tx);
    const wrong = [...(await brokenLinks(tx, touched))];
    // What came later may have brought some of it back, rightly.
    if (head === touched.upTo) wrong.push(...(await stillInForce(tx, touched.takenOut)));
    let done = 0;
    for (const targets of chunks(touched.targets, AT_ONCE)) {
      for (const { type, id } of await mismatchedTargets(tx, targets))
        wrong.push(`${type} ${id} is not the fold of its changes`);
      onProgress((done += targets.length));
    }
    for (const ids of chunks(touched.memories, AT_ONCE)) wrong.push(...(await wrongRows(tx, ids, views)));
    return { head, changes: touched.upTo - touched.after, mismatches: wrong };
  });
  const index = await indexCheck(workspaceId, head, views);
  const all = [...mismatches, ...index.mismatches];
  return {
    ok: all.length === 0,
    changes,
    targets: touched.targets.length,
    indexed: index.indexed,
    mismatches: all.slice(0, MOST_MISMATCHES),
  };
}

async function headSeq(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ headSeq: bigint }[]>`
    SELECT "headSeq" FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid`;
  return Number(row?.headSeq ?? 0);
}

async function brokenLinks(tx: Tx, { after, upTo }: Touched): Promise<string[]> {
  const [end] = await tx.$queryRaw<{ seq: bigint; digest: Uint8Array; at: Date }[]>`
    SELECT "seq", "digest", "at" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "seq" = ${after}`;
  const chain = end
    ? chainAfter({ digest: end.digest, seq: Number(end.seq), at: end.at.getTime() })
    : emptyChain();
  const broken: string[] = [];
  let last = after;
  for (;;) {
    const page = await ledgerPage(tx, { after: last, upTo });
    if (page.length === 0) break;
    for (const link of page) {
      const { change, problem } = chain.follow(link);
      if (problem !== null) broken.push(`change #${change.seq} ${problem}`);
      last = change.seq;
    }
  }
  return last === upTo ? broken : [...broken, `change #${last + 1} is missing`];
}

async function stillInForce(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM unnest(${[...ids]}::uuid[]) AS i("id") LEFT JOIN "ChangeStatus" s
      ON s."workspaceId" = current_setting('app.workspace')::uuid AND s."changeId" = i."id"
    WHERE coalesce(s."state", 'live') = 'live' LIMIT ${MOST_MISMATCHES}`;
  return rows.map(({ id }) => `change ${id} is still in force`);
}

interface Stored extends MemoryRow {
  readonly contentHash: Uint8Array;
}

/** Rows of memories beside the views that follow from the ledger; merges make a view depend on the other's, so kin are folded along. */
async function wrongRows(
  tx: Tx,
  ids: readonly MemoryId[],
  views: Map<MemoryId, MemoryView>,
): Promise<string[]> {
  const expected = await foldedViews(tx, ids);
  const rows = await tx.$queryRaw<Stored[]>`
    SELECT ${constantSql(MEMORY_COLUMNS)}, m."contentHash" FROM "Memory" m
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."id" = ANY(${[...ids]}::uuid[])`;
  const stored = new Map(rows.map((row) => [memoryId(row.id), row]));
  return ids.flatMap((id) => {
    const [row, view] = [stored.get(id), expected.get(id)];
    if (row === undefined || view === undefined) return [`memory ${id} has no row`];
    views.set(id, view);
    const isSame =
      isDeepStrictEqual(toView(row), view) && Buffer.compare(row.contentHash, contentHash(view)) === 0;
    return isSame ? [] : [`memory ${id} is shown otherwise than its changes say`];
  });
}

async function foldedViews(tx: Tx, ids: readonly MemoryId[]): Promise<ReadonlyMap<MemoryId, MemoryView>> {
  const reader = ledgerReader(tx);
  // Tells the reader which of them have no kin, so that it need not look.
  await reader.registers(ids.map((id) => ({ type: "memory", id })));
  const family = await kinship(reader, ids);
  const history = await reader.changesOf(family.map((id) => ({ type: "memory", id })));
  const notLive = await reader.notLive(history.map((c) => c.id));
  const live = groupBy(
    history.filter((c) => !notLive.has(c.id)),
    (c) => c.target.id,
  );
  return resolve(new Map(family.map((id) => [id, stepAll(initial, live.get(id) ?? [])])));
}

/**
 * Only an index that this process holds anyway. It may stand later than the snapshot, if only because new statistics came into
 * force with what was taken out: what moved since then is left to whoever moved it.
 */
async function indexCheck(
  workspaceId: Asker["workspaceId"],
  head: number,
  views: ReadonlyMap<MemoryId, MemoryView>,
): Promise<{ readonly indexed: number | null; readonly mismatches: readonly string[] }> {
  if ((await openIndex(workspaceId)) === null) return { indexed: null, mismatches: [] };
  return readAtRest(workspaceId, async ({ index }) => {
    const moved = await movedSince(workspaceId, seqOf(head));
    const still = [...views.values()].filter(({ id }) => !moved.has(id));
    const mismatches = still.flatMap((view) => {
      const { id, isSearchable, textHash } = movedView(view);
      const found = index.find(id);
      const isRight = isSearchable ? found?.textHash === textHash : found === undefined;
      return isRight ? [] : [`memory ${id} stands in the search index as it was before`];
    });
    return { indexed: still.length, mismatches };
  });
}
