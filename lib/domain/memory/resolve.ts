import { groupBy } from "@/lib/domain/group-by";
import * as contentRegister from "@/lib/domain/registers/content";
import * as evidenceRegister from "@/lib/domain/registers/evidence";
import * as flagRegister from "@/lib/domain/registers/flag";
import * as lastWrite from "@/lib/domain/registers/last-write";
import { millis, type MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { MemoryRegisters } from "@/lib/domain/registers/memory-registers";

/**
 * From the registers of memories to what is read of them. The only place where one memory's state reads another's, and
 * only along merges: a result reads its members by reference, a leaf reads what a result that is not in force returns to it.
 *
 * The input must be closed under membership (both directions, live or not); the answer has one view per input.
 */
export function resolve(registers: ReadonlyMap<MemoryId, MemoryRegisters>): Map<MemoryId, MemoryView> {
  const merges = mergeStructure(registers);
  // Sources are older than the result, so asking the oldest first finds every deeper answer ready, however deep merges nest.
  const oldestFirst = [...registers].sort(([, a], [, b]) => (a.birth?.seq ?? 0) - (b.birth?.seq ?? 0));
  for (const [id] of oldestFirst) merges.exists(id);
  return new Map(oldestFirst.map(([id, own]) => [id, view(id, own, merges)]));
}

interface MergeStructure {
  readonly exists: (id: MemoryId) => boolean;
  /** Existing members of a result that exists itself, in the order the sources were named. */
  readonly members: (id: MemoryId) => readonly MemoryId[];
  readonly evidence: (id: MemoryId) => EvidenceSums;
  readonly text: (id: MemoryId) => string;
}

function mergeStructure(registers: ReadonlyMap<MemoryId, MemoryRegisters>): MergeStructure {
  const joined = [...registers].filter(([, own]) => own.memberships.length > 0);
  // A memory that two live merges claim belongs to the newer one alone, so that nothing is counted twice.
  const children = groupBy(
    joined.map(([id]) => id),
    (id) => membershipOf(registers.get(id)),
  );
  const exists = remembered((id): boolean => {
    const own = registers.get(id);
    if (!own?.birth || own.purged) return false;
    return own.birth.sources === null || (children.get(id) ?? []).some(exists);
  });
  const members = remembered((id): readonly MemoryId[] => {
    if (!exists(id)) return [];
    const order = registers.get(id)?.birth?.sources ?? [];
    return (children.get(id) ?? []).filter(exists).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  });
  const returned = returnedShares(registers, exists);
  const evidence = remembered((id): EvidenceSums =>
    evidenceRegister.sum([
      registers.get(id)?.evidence ?? evidenceRegister.initial,
      ...(returned.get(id) ?? []),
      ...members(id).map(evidence),
    ]),
  );
  // Whose words a text may use: a source's, and those of a source's sources, while all of them up to the result are members.
  const isWithin = (source: MemoryId, id: MemoryId): boolean => {
    for (let at: MemoryId | null = source; at !== null && exists(at); at = membershipOf(registers.get(at))) {
      if (at === id) return source !== id;
    }
    return false;
  };
  // A result whose text used the words of one that left falls back to an earlier text without them, and else to its first
  // remaining member's.
  const text = remembered((id): string => {
    const own = contentRegister.read(registers.get(id)?.content ?? contentRegister.initial, (source) =>
      isWithin(source, id),
    );
    const [first] = members(id);
    return own ?? (first === undefined ? "" : text(first));
  });
  return { exists, members, evidence, text };
}

function remembered<V>(work: (id: MemoryId) => V): (id: MemoryId) => V {
  const done = new Map<MemoryId, V>();
  return (id) => {
    const known = done.get(id);
    if (known !== undefined) return known;
    const value = work(id);
    done.set(id, value);
    return value;
  };
}

/** What each leaf gets back from merges that are not in force. */
function returnedShares(
  registers: ReadonlyMap<MemoryId, MemoryRegisters>,
  exists: (id: MemoryId) => boolean,
): Map<MemoryId, EvidenceSums[]> {
  const returned = new Map<MemoryId, EvidenceSums[]>();
  for (const [id, own] of registers) {
    if (Object.keys(own.shares).length === 0 || exists(id)) continue;
    // Keys of `shares` were written as memory ids.
    for (const [leaf, share] of Object.entries(own.shares) as [MemoryId, EvidenceSums][]) {
      returned.set(leaf, [...(returned.get(leaf) ?? []), share]);
    }
  }
  return returned;
}

function view(id: MemoryId, own: MemoryRegisters, merges: MergeStructure): MemoryView {
  const { birth } = own;
  const into = membershipOf(own);
  const supersededBy = flagRegister.newestName(own.supersessions);
  const superseding = new Set(own.supersessions.map((a) => a.names));
  const isOpen = (other: MemoryId | null): other is MemoryId => other !== null && !superseding.has(other);
  const members = merges.members(id);
  return {
    id,
    exists: merges.exists(id),
    erased: own.purged,
    content: merges.text(id),
    kind: lastWrite.read(own.kind, birth?.kind ?? "fact"),
    tags: lastWrite.read(own.tags, birth?.tags ?? []),
    metadata: lastWrite.read(own.metadata, birth?.metadata ?? {}),
    scope: birth?.scope ?? {},
    source: birth?.source ?? { channel: "" },
    trust: birth?.trust ?? "low",
    lifecycle: lastWrite.read(own.lifecycle, "active"),
    pinned: flagRegister.isSet(own.pins),
    quarantined: flagRegister.isSet(own.quarantines),
    mergedInto: into !== null && merges.exists(into) ? into : null,
    mergedFrom: members,
    supersededBy,
    contestedWith: [...new Set(own.contests.map((a) => a.names))].filter(isOpen),
    validAt: lastWrite.read(own.validAt, birth?.validAt ?? millis(0)),
    invalidAt: lastWrite.read(own.invalidAt, birth?.invalidAt ?? null),
    createdAt: birth?.at ?? millis(0),
    createdBy: birth?.by ?? null,
    evidence: merges.evidence(id),
  };
}

const membershipOf = (own: MemoryRegisters | undefined): MemoryId | null =>
  own === undefined ? null : flagRegister.newestName(own.memberships);
