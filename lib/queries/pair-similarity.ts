import { dot } from "@/lib/domain/vector";
import { embeddedText } from "@/lib/domain/recall/embedded-text";
import { sha256 } from "@/lib/store/digest";
import { storedVectors } from "@/lib/store/telemetry";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

/** Lowest cosine among all pairs, −1…1; null when a vector is not there yet. */
export async function lowestPairSimilarity(
  tx: Tx,
  memories: readonly MemoryView[],
  model: string | null,
): Promise<number | null> {
  if (model === null) return null;
  const hashes = memories.map((m) => sha256(embeddedText(m)));
  const stored = await storedVectors(tx, hashes, model);
  const vectors = hashes.flatMap((hash) => stored.get(Buffer.from(hash).toString("hex")) ?? []);
  if (vectors.length < memories.length) return null;
  const cosines = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => dot(a, b)));
  return Math.max(-1, Math.min(1, ...cosines));
}
