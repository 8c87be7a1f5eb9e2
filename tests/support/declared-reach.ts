/** The reach of an append as ledger.md words it, worked out from the whole ledger before and after. */
import { fold } from "@/lib/domain/ledger/fold";
import { memoryId, type MemoryId } from "@/lib/domain/ids";
import { liveOnes } from "./oracle";
import type { Change, TargetType } from "@/lib/domain/ledger/change";

export interface DeclaredReach {
  readonly memories: ReadonlySet<string>;
  readonly relations: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly entities: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
}

/**
 * The targets of what was asked for and of the changes that it switched on or off; the merge results that read one of
 * these; and where a result came into force or went out of it, or was touched while out of it, the leaves that its shares
 * go to, with the results that read those.
 */
export function reachBetween(before: readonly Change[], after: readonly Change[]): DeclaredReach {
  const [live, liveThen] = [
    new Set(liveOnes(before).map((c) => c.id)),
    new Set(liveOnes(after).map((c) => c.id)),
  ];
  const asked = after.filter((c) => !before.some((old) => old.id === c.id));
  const switched = before.filter((c) => live.has(c.id) !== liveThen.has(c.id));
  const targets = [...asked, ...switched].map((c) => c.target);
  const ofType = (type: TargetType) => new Set(targets.flatMap((t) => (t.type === type ? [t.id] : [])));
  const inForce = after.filter((c) => live.has(c.id) || liveThen.has(c.id));
  const own = new Set(targets.flatMap((t) => (t.type === "memory" ? [memoryId(t.id)] : [])));
  const readers = withReaders(own, inForce);
  const isOut = [fold(before), fold(after)].map((state) => (id: MemoryId) => !state.memories.get(id)?.exists);
  const returning = [...readers].filter(
    (id) => isOut[0]?.(id) !== isOut[1]?.(id) || (own.has(id) && isOut[0]?.(id)),
  );
  const leaves = inForce.flatMap((c) => (returning.some((id) => id === c.target.id) ? sharedWith(c) : []));
  return {
    memories: withReaders(new Set([...readers, ...leaves]), inForce),
    relations: ofType("relation"),
    entities: ofType("entity"),
    edges: ofType("edge"),
    questions: ofType("question"),
    parameters: new Set(switched.flatMap((c) => (c.op === "tune" ? [c.payload.name] : []))),
  };
}

/** With the results that read these, and the results that read those. */
function withReaders(memories: ReadonlySet<MemoryId>, inForce: readonly Change[]): Set<MemoryId> {
  const found = new Set(memories);
  // A set visits what is added to it on the way.
  for (const id of found) {
    for (const c of inForce) if (c.op === "member" && c.target.id === id) found.add(c.payload.into);
  }
  return found;
}

const sharedWith = (change: Change): MemoryId[] =>
  change.op === "observe" ? Object.keys(change.payload.shares ?? {}).map(memoryId) : [];
