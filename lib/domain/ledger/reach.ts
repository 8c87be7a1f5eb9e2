import { liveness, type NotLive } from "./live";
import type { Change } from "./change";
import type { LedgerReader } from "./reader";
import { groupBy } from "@/lib/domain/group-by";
import type { ChangeId, MemoryId } from "@/lib/domain/ids";

/** A change whose status an append decides, with the status before and after; a new one counts as live before. */
export interface StatusMove {
  readonly change: Change;
  readonly before: NotLive | "live";
  readonly after: NotLive | "live";
}

/**
 * How the new changes come out, and everything that new reverts can switch on or off; the new ones first, in seq order.
 *
 * Liveness flows from a change to what depends on it, and from a revert to what it reverts, so the affected ones are the
 * closure under those two steps; everything else keeps the status it has.
 */
export async function statusMoves(reader: LedgerReader, changes: readonly Change[]): Promise<StatusMove[]> {
  const affected = await closure(reader, changes);
  const isNew = new Set(changes.map((c) => c.id));
  const old = [...affected.keys()].filter((id) => !isNew.has(id));
  const [earlier, before] = await Promise.all([reader.revertsOf(old), reader.notLive(old)]);
  const reverts = [...earlier, ...changes.filter((c) => c.reverts !== null)];
  const byReverted = groupBy(reverts, (r) => r.reverts);
  const outside = await outsideStatuses(reader, affected, reverts);
  const ask = liveness({
    change: (id) => affected.get(id),
    revertsOf: (id) => byReverted.get(id) ?? [],
    known: (id) => (affected.has(id) ? undefined : (outside.get(id) ?? "live")),
  });
  return [...affected.values()].map((change) => ({
    change,
    before: before.get(change.id) ?? "live",
    after: ask(change.id),
  }));
}

/** What depends on a new change can only be new itself, so just the reverts among them reach into the ledger. */
async function closure(reader: LedgerReader, changes: readonly Change[]): Promise<Map<ChangeId, Change>> {
  const affected = new Map(changes.map((c) => [c.id, c]));
  let frontier: readonly Change[] = changes.filter((c) => c.reverts !== null);
  while (frontier.length > 0) {
    const reverted = frontier.flatMap((c) =>
      c.reverts === null || affected.has(c.reverts) ? [] : [c.reverts],
    );
    const [targets, dependents] = await Promise.all([
      reader.changes(reverted),
      reader.dependentsOf(frontier.filter((c) => c.reverts === null).map((c) => c.id)),
    ]);
    frontier = [...targets, ...dependents].filter((c) => !affected.has(c.id));
    for (const change of frontier) affected.set(change.id, change);
  }
  return affected;
}

/** Statuses of neighbours that the append cannot move: dependencies and reverts outside the closure. */
async function outsideStatuses(
  reader: LedgerReader,
  affected: ReadonlyMap<ChangeId, Change>,
  reverts: readonly Change[],
): Promise<ReadonlyMap<ChangeId, NotLive>> {
  const neighbours = [...[...affected.values()].flatMap((c) => c.dependsOn), ...reverts.map((r) => r.id)];
  return reader.notLive([...new Set(neighbours)].filter((id) => !affected.has(id)));
}

/** The memories whose views may depend on one another through merges: the closure of the given ones under kinship. */
export async function kinship(reader: LedgerReader, ids: readonly MemoryId[]): Promise<MemoryId[]> {
  const found = new Set(ids);
  let frontier: readonly MemoryId[] = ids;
  while (frontier.length > 0) {
    frontier = (await reader.kin(frontier)).filter((id) => !found.has(id));
    for (const id of frontier) found.add(id);
  }
  return [...found];
}
