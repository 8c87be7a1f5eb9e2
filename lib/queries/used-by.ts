import { containment, isUsed, tellingWords } from "@/lib/domain/learning/used";
import { memoryRowsById } from "./memory-rows";
import type { Locked } from "@/lib/store/append";
import type { LoggedRetrieval } from "@/lib/store/telemetry";
import type { MemoryId } from "@/lib/domain/ids";

/** The shown memories whose telling words an answer repeats. */
export async function usedBy(
  locked: Locked,
  retrieval: LoggedRetrieval,
  response: string,
): Promise<ReadonlySet<MemoryId>> {
  const rows = await memoryRowsById(locked.tx, retrieval.shown);
  const [query, answer] = [tellingWords(retrieval.query), tellingWords(response)];
  const used = retrieval.shown.filter((id) => {
    const share = containment(tellingWords(rows.get(id)?.content ?? ""), query, answer);
    return share !== null && isUsed(share, locked.parameters);
  });
  return new Set(used);
}
