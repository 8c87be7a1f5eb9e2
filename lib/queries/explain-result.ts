import { getRetrieval } from "./retrievals";
import { inWorkspace } from "@/lib/store/prisma";
import { knownId, memoryId, type MemoryId } from "@/lib/domain/ids";
import { labelOf } from "./memory-out";
import { movedBy } from "./moved-by";
import { recall, type RecallAsker } from "./recall";
import { requireMemory } from "./memory-rows";
import type { InputOf } from "./asker";
import type { explainedResult } from "@/lib/contracts/recall";

export type ExplainedResult = InputOf<typeof explainedResult>;

/** Why a memory stood where it did in a logged recall, what has moved it, and where the same question would put it now. */
export async function explainResult(
  ctx: RecallAsker,
  asked: { readonly id: string; readonly memory: string },
): Promise<ExplainedResult> {
  const { retrieval, candidates } = await getRetrieval(ctx, { id: asked.id });
  const id = knownId<MemoryId>(asked.memory, "memory");
  const { label, moved } = await inWorkspace(ctx.workspaceId, async (tx) => {
    const { view } = await requireMemory(tx, memoryId(id));
    return { label: labelOf(view.content), moved: (await movedBy(tx, [id])).get(id) ?? [] };
  });
  const then = candidates.find((c) => c.memoryId === id);
  const again = await recall(ctx, {
    query: retrieval.query,
    scope: retrieval.scope,
    explain: true,
    target: id,
    dryRun: true,
    deterministic: true,
    ...(retrieval.asOf === null ? {} : { asOf: retrieval.asOf }),
  });
  const target = "explanation" in again ? again.explanation.target : null;
  return {
    retrievalId: retrieval.id,
    query: retrieval.query,
    memoryId: id,
    label,
    rank: then?.rank ?? null,
    shown: then?.shown ?? false,
    score: then?.score ?? null,
    parts: then?.parts ?? null,
    movedBy: moved,
    now: {
      found: target?.found ?? false,
      rank: target?.rank ?? null,
      reason: target?.reason ?? "",
      remedy: target?.remedy ?? "",
    },
  };
}
