import { kinship } from "@/lib/domain/ledger/reach";
import { ledgerReader } from "@/lib/store/ledger-reader";
import { memoryId, type MemoryId } from "@/lib/domain/ids";
import { memoryRowsById } from "./memory-rows";
import { step, type EvidenceSums, type EvidenceTerm } from "@/lib/domain/registers/evidence";
import type { Change, ChangeWith } from "@/lib/domain/ledger/change";
import type { Tx } from "@/lib/store/prisma";

/** A live observation as it counts for one memory: whole, or as the share that a merge not in force returned to it. */
export interface ObservedTerm extends EvidenceTerm {
  readonly change: ChangeWith<"observe">;
}

/**
 * What a memory's evidence is the sum of, in seq order: its own live observations; for a merge's result those of its
 * members, by reference; for a leaf the shares of merges that are not in force. The same rule as in `resolve`, term by term.
 */
export async function observationsOf(tx: Tx, id: MemoryId): Promise<ObservedTerm[]> {
  const reader = ledgerReader(tx);
  const kin = await kinship(reader, [id]);
  const rows = await memoryRowsById(tx, kin);
  const history = await reader.changesOf(kin.map((relative) => ({ type: "memory", id: relative })));
  const observed = history.filter(isObservation);
  const notLive = await reader.notLive(observed.map((c) => c.id));
  const counted = [id, ...membersUnder(id, (of) => rows.get(of)?.mergedFrom.map(memoryId) ?? [])];
  return observed
    .filter((change) => !notLive.has(change.id))
    .flatMap((change) =>
      counted.flatMap((own) => termFor(own, change, rows.get(memoryId(change.target.id))?.exists ?? false)),
    );
}

const isObservation = (change: Change): change is ChangeWith<"observe"> => change.op === "observe";

function membersUnder(id: MemoryId, membersOf: (id: MemoryId) => readonly MemoryId[]): MemoryId[] {
  return membersOf(id).flatMap((member) => [member, ...membersUnder(member, membersOf)]);
}

function termFor(own: MemoryId, change: ChangeWith<"observe">, targetExists: boolean): ObservedTerm[] {
  const { source, at, weight, shares } = change.payload;
  if (change.target.id === own) return [{ change, source, at, weight }];
  const share = targetExists ? undefined : shares?.[own];
  return share === undefined ? [] : [{ change, source, at, weight: share }];
}

/** The evidence after each term, beginning with none. */
export function runningEvidence(terms: readonly EvidenceTerm[]): EvidenceSums[] {
  const sums: EvidenceSums[] = [{}];
  for (const term of terms) sums.push(step(sums.at(-1) ?? {}, term));
  return sums;
}
