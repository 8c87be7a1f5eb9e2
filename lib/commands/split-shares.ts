import { dot } from "@/lib/domain/vector";
import { embeddedText } from "@/lib/domain/recall/embedded-text";
import { memoryRowsById } from "@/lib/queries/memory-rows";
import { sha256 } from "@/lib/store/digest";
import { splitShares } from "@/lib/domain/memory/shares";
import { storedVectors, vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import { toView } from "@/lib/queries/memory-out";
import { modelOf } from "@/lib/search/live-index";
import { memoryId, type MemoryId } from "@/lib/domain/ids";
import type { Judged } from "@/lib/queries/judgeable";
import type { Locked } from "@/lib/store/append";
import type { Weight } from "@/lib/domain/ledger/change";

export interface Observed {
  readonly weight: Weight;
  /** The recall it was observed in; null when there was none. */
  readonly retrieval: LoggedRetrieval | null;
}

/**
 * Integer shares of an observation on a merge's result, over the leaves under it, by how close each is to the query. They
 * are recorded now, because what the leaves looked like to this query cannot be known later.
 */
export async function sharesOf(
  locked: Locked,
  result: Judged,
  { weight, retrieval }: Observed,
): Promise<Record<MemoryId, Weight>> {
  const leaves = await leavesUnder(locked, result.mergedFrom);
  const similarities = await similaritiesTo(locked, leaves, retrieval);
  return splitShares(
    weight,
    leaves.map((id) => ({ id, similarity: similarities.get(id) ?? 0 })),
    locked.parameters["learning.shares.temperature"],
  );
}

/** Sources that are no merge themselves, in a fixed order. */
async function leavesUnder(locked: Locked, members: readonly MemoryId[]): Promise<MemoryId[]> {
  const leaves: MemoryId[] = [];
  let level: readonly MemoryId[] = members;
  while (level.length > 0) {
    const rows = await memoryRowsById(locked.tx, level);
    const inner: MemoryId[] = [];
    for (const id of level) {
      const below = rows.get(id)?.mergedFrom ?? [];
      if (below.length === 0) leaves.push(id);
      else inner.push(...below.map(memoryId));
    }
    level = inner;
  }
  return leaves;
}

/** Nothing to compare with (no retrieval, or no vectors yet) means equal shares. */
async function similaritiesTo(
  locked: Locked,
  leaves: readonly MemoryId[],
  retrieval: LoggedRetrieval | null,
): Promise<Map<MemoryId, number>> {
  const model = retrieval?.vector ? await modelOf(locked.workspaceId) : null;
  if (model === null || !retrieval?.vector) return new Map();
  const query = vectorOf(retrieval.vector);
  const rows = await memoryRowsById(locked.tx, leaves);
  const hashes = new Map([...rows].map(([id, row]) => [id, sha256(embeddedText(toView(row)))]));
  const vectors = await storedVectors(locked.tx, [...hashes.values()], model);
  return new Map(
    [...hashes].flatMap(([id, hash]) => {
      const vector = vectors.get(Buffer.from(hash).toString("hex"));
      return vector && vector.length === query.length ? [[id, dot(vector, query)] as const] : [];
    }),
  );
}
