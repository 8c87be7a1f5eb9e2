import { inWorkspace } from "@/lib/store/prisma";
import { memoriesWhere, MEMORIES_FROM } from "./filter-sql";
import type { Asker } from "./asker";
import type { Metadata } from "@/lib/domain/memory/memory";

/** What a memory says and what stands beside it, without what it is worth. */
export interface MemoryText {
  readonly id: string;
  readonly content: string;
  readonly metadata: Metadata;
}

/**
 * The texts of every memory that a filter picks, in the order in which they came, read by one statement: for surfaces that need all of
 * them at once and no confidence, for which pages would read the store again and again.
 */
export async function memoryTexts(ctx: Asker, filter: string): Promise<readonly MemoryText[]> {
  const where = memoriesWhere({ filter, lifecycle: "all", now: ctx.now() });
  return inWorkspace(
    ctx.workspaceId,
    (tx) => tx.$queryRaw<MemoryText[]>`
      SELECT m."id", m."content", m."metadata" FROM ${MEMORIES_FROM} WHERE ${where} ORDER BY m."createdAt", m."id"`,
  );
}
