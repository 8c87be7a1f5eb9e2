import { apply, type Applied } from "@/lib/domain/ledger/apply";
import { targetKey, type Change, type Draft, type TargetKey } from "@/lib/domain/ledger/change";
import { millis, seqOf, type ChangeId, type MemoryId, type Millis } from "@/lib/domain/ids";
import { readState, type State } from "@/lib/domain/ledger/state";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { NotLive } from "@/lib/domain/ledger/live";
import type { Registers } from "@/lib/domain/registers/registers";

export type Apply = typeof apply;

/** A ledger and its projection in arrays and maps. It stores what `apply` returns and works nothing out by itself. */
export interface InMemoryLedger extends LedgerReader {
  /** Every change, in seq order. */
  readonly all: readonly Change[];
  readonly statuses: ReadonlyMap<ChangeId, NotLive>;
  readonly unsupported: ReadonlySet<ChangeId>;
  readonly projected: ReadonlyMap<TargetKey, Registers>;
  readonly views: ReadonlyMap<MemoryId, MemoryView>;
  readonly append: (drafts: readonly Draft[], at?: Millis) => Promise<Applied>;
  /** The same code as `append`, thrown away. */
  readonly preview: (drafts: readonly Draft[], at?: Millis) => Promise<Applied>;
  /** The state as the projection holds it, with the stored views instead of resolved ones. */
  readonly state: () => State;
  /** A copy that goes its own way. */
  readonly fork: () => InMemoryLedger;
}

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

export function inMemoryLedger(applyWith: Apply = apply, start?: InMemoryLedger): InMemoryLedger {
  const all: Change[] = [];
  const byId = new Map<ChangeId, Change>();
  const byTarget = index<TargetKey>();
  const dependents = index<ChangeId>();
  const reverts = index<ChangeId>();
  const supported = index<ChangeId>();
  const kin = new Map<MemoryId, Set<MemoryId>>();
  const statuses = new Map(start?.statuses);
  const unsupported = new Set(start?.unsupported);
  const projected = new Map(start?.projected);
  const views = new Map(start?.views);

  const keep = (change: Change) => {
    all.push(change);
    byId.set(change.id, change);
    byTarget.add(targetKey(change.target), change);
    for (const id of change.dependsOn) dependents.add(id, change);
    for (const term of change.support?.terms ?? []) supported.add(term.change, change);
    if (change.reverts !== null) reverts.add(change.reverts, change);
    if (change.op === "member") tie(kin, change.target.id as MemoryId, change.payload.into);
  };

  start?.all.forEach(keep);

  const store = (applied: Applied) => {
    for (const change of applied.changes) keep(change);
    for (const { change, after } of applied.statuses) {
      if (after === "live") statuses.delete(change.id);
      else statuses.set(change.id, after);
    }
    for (const [key, { after }] of applied.targets) projected.set(key, after);
    for (const [id, { after }] of applied.memories) views.set(id, after);
    for (const { change, unsupported: fails } of applied.support) {
      if (fails) unsupported.add(change.id);
      else unsupported.delete(change.id);
    }
  };

  const ledger: InMemoryLedger = {
    all,
    statuses,
    unsupported,
    projected,
    views,
    preview: (drafts, at = millis(START + all.length * HOUR)) =>
      applyWith(ledger, seqOf(all.length), { drafts, at }),
    append: async (drafts, at) => {
      const applied = await ledger.preview(drafts, at);
      store(applied);
      return applied;
    },
    state: () => {
      const memories = [...views].filter(([, view]) => view.exists || view.erased);
      return { ...readState(withoutMemories(projected)), memories: new Map(memories) };
    },
    fork: () => inMemoryLedger(applyWith, ledger),
    changes: async (ids) => ids.flatMap((id) => byId.get(id) ?? []).sort(bySeq),
    changesOf: async (targets) => targets.flatMap((t) => byTarget.get(targetKey(t))).sort(bySeq),
    dependentsOf: async (ids) => distinct(ids.flatMap(dependents.get)),
    revertsOf: async (ids) => distinct(ids.flatMap(reverts.get)),
    supportedBy: async (ids) => distinct(ids.flatMap(supported.get)),
    notLive: async (ids) => pick(statuses, ids),
    registers: async (targets) => pick(projected, targets.map(targetKey)),
    kin: async (ids) => [...new Set(ids.flatMap((id) => [...(kin.get(id) ?? [])]))],
  };
  return ledger;
}

/** A change as it was before it had a place. */
export function draftOf(change: Change): Draft {
  const { seq: _seq, at: _at, ...draft } = change;
  return draft;
}

const bySeq = (a: Change, b: Change) => a.seq - b.seq;
const distinct = (changes: readonly Change[]): Change[] => [...new Set(changes)].sort(bySeq);

function index<K>() {
  const lists = new Map<K, Change[]>();
  return {
    get: (key: K): readonly Change[] => lists.get(key) ?? [],
    add: (key: K, change: Change): void => {
      const list = lists.get(key);
      if (list) list.push(change);
      else lists.set(key, [change]);
    },
  };
}

function tie(kin: Map<MemoryId, Set<MemoryId>>, one: MemoryId, other: MemoryId): void {
  kin.set(one, (kin.get(one) ?? new Set()).add(other));
  kin.set(other, (kin.get(other) ?? new Set()).add(one));
}

function pick<K, V>(map: ReadonlyMap<K, V>, keys: readonly K[]): Map<K, V> {
  const found = new Map<K, V>();
  for (const key of keys) {
    const value = map.get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

const withoutMemories = (projected: ReadonlyMap<TargetKey, Registers>) =>
  new Map([...projected].filter(([, own]) => own.type !== "memory"));
