import { inWorkspace } from "@/lib/store/prisma";
import { knownId, type MemoryId } from "@/lib/domain/ids";
import { memoryAsOf, pointOf } from "./as-of";
import { memoryOut } from "./written";
import { parametersIn } from "./parameters";
import { requireMemory } from "./memory-rows";
import type { Asker } from "./asker";
import type { MemoryOut } from "@/lib/contracts/memory";

/** One memory as it is now, or as the ledger had it at a seq or a time. */
export async function getMemory(
  ctx: Asker,
  asked: { readonly id: string; readonly asOf?: string | undefined },
): Promise<{ memory: MemoryOut; seq?: number }> {
  const id = knownId<MemoryId>(asked.id, "memory");
  return inWorkspace(ctx.workspaceId, async (tx) => {
    if (asked.asOf !== undefined) {
      const point = await pointOf(tx, asked.asOf);
      return { memory: await memoryAsOf(tx, id, point), seq: point.seq };
    }
    await requireMemory(tx, id);
    return { memory: await memoryOut(tx, id, { now: ctx.now(), parameters: await parametersIn(tx) }) };
  });
}
