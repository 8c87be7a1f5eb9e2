import { applyPlaced, type Applied } from "@/lib/domain/ledger/apply";
import type { ChangeId, MemoryId } from "@/lib/domain/ids";
import { targetKey, type Change, type TargetKey } from "@/lib/domain/ledger/change";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { NotLive } from "@/lib/domain/ledger/live";
import type { Registers } from "@/lib/domain/registers/registers";

/**
 * Plays a ledger again, append by append, without a database: each step hears what that append did to the projection then.
 * The changes of one append stand together, with one group and one time, so that is how they are told apart. A part of a
 * ledger will do if it is closed: with whatever its changes stand on, what reverts them, and their relatives by merges.
 */
export async function replay(
  changes: readonly Change[],
  onAppend: (applied: Applied) => void,
): Promise<void> {
  const ledger = ledgerInMemory();
  for (const together of appends(changes)) {
    const applied = await applyPlaced(ledger, together);
    ledger.keep(applied);
    onAppend(applied);
  }
}

function appends(changes: readonly Change[]): Change[][] {
  const found: Change[][] = [];
  let last: Change | undefined;
  for (const change of changes) {
    const open = found.at(-1);
    if (open !== undefined && last?.groupId === change.groupId && last.at === change.at) open.push(change);
    else found.push([change]);
    last = change;
  }
  return found;
}

interface InMemoryLedger extends LedgerReader {
  readonly keep: (applied: Applied) => void;
}

function ledgerInMemory(): InMemoryLedger {
  const byId = new Map<ChangeId, Change>();
  const byTarget = new Index<TargetKey>();
  const dependents = new Index<ChangeId>();
  const reverts = new Index<ChangeId>();
  const supported = new Index<ChangeId>();
  const statuses = new Map<ChangeId, NotLive>();
  const projected = new Map<TargetKey, Registers>();
  const kin = new Map<MemoryId, Set<MemoryId>>();
  const addChange = (change: Change) => {
    byId.set(change.id, change);
    byTarget.add(targetKey(change.target), change);
    for (const id of change.dependsOn) dependents.add(id, change);
    for (const term of change.support?.terms ?? []) supported.add(term.change, change);
    if (change.reverts !== null) reverts.add(change.reverts, change);
    if (change.op !== "member") return;
    // A membership's target is a memory.
    tie(kin, change.target.id as MemoryId, change.payload.into);
  };
  return {
    keep: ({ changes, statuses: moves, targets }) => {
      for (const change of changes) addChange(change);
      for (const { change, after } of moves) {
        if (after === "live") statuses.delete(change.id);
        else statuses.set(change.id, after);
      }
      for (const [key, { after }] of targets) projected.set(key, after);
    },
    changes: async (ids) => inOrder(ids.flatMap((id) => byId.get(id) ?? [])),
    changesOf: async (targets) => inOrder(targets.flatMap((t) => byTarget.of(targetKey(t)))),
    dependentsOf: async (ids) => inOrder(ids.flatMap((id) => dependents.of(id))),
    revertsOf: async (ids) => inOrder(ids.flatMap((id) => reverts.of(id))),
    supportedBy: async (ids) => inOrder(ids.flatMap((id) => supported.of(id))),
    notLive: async (ids) => picked(statuses, ids),
    registers: async (targets) => picked(projected, targets.map(targetKey)),
    kin: async (ids) => [...new Set(ids.flatMap((id) => [...(kin.get(id) ?? [])]))],
  };
}

class Index<K> {
  readonly #lists = new Map<K, Change[]>();
  of(key: K): readonly Change[] {
    return this.#lists.get(key) ?? [];
  }
  add(key: K, change: Change): void {
    const list = this.#lists.get(key);
    if (list) list.push(change);
    else this.#lists.set(key, [change]);
  }
}

function tie(kin: Map<MemoryId, Set<MemoryId>>, one: MemoryId, other: MemoryId): void {
  kin.set(one, (kin.get(one) ?? new Set()).add(other));
  kin.set(other, (kin.get(other) ?? new Set()).add(one));
}

const inOrder = (changes: readonly Change[]): Change[] => [...new Set(changes)].sort((a, b) => a.seq - b.seq);

function picked<K, V>(map: ReadonlyMap<K, V>, keys: readonly K[]): Map<K, V> {
  return new Map(
    keys.flatMap((key) => {
      const value = map.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
