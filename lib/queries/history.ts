import { changesPage, type ListedChanges } from "./timeline";
import { inWorkspace } from "@/lib/store/prisma";
import { knownId, notFound, type MemoryId } from "@/lib/domain/ids";
import type { Asker, InputOf } from "./asker";
import type { history as input } from "@/lib/contracts/memory";

/** All changes of a memory, newest first; also of one that was deleted, taken back or erased, for its history stays. */
export async function memoryHistory(
  ctx: Asker,
  asked: { readonly id: string } & InputOf<typeof input>,
): Promise<ListedChanges> {
  const { id, cursor, limit } = asked;
  const memory = knownId<MemoryId>(id, "memory");
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const known = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${memory}::uuid`;
    if (known.length === 0) throw notFound("memory", id);
    return changesPage(tx, { target: memory, cursor, limit });
  });
}
