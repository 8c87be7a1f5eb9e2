import { append } from "@/lib/store/append";
import { destroyTexts } from "@/lib/store/erase";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, type Context } from "./context";
import { knownId, notFound, type MemoryId } from "@/lib/domain/ids";
import { memoryRowsById } from "@/lib/queries/memory-rows";
import { Refusal } from "@/lib/domain/errors";

/**
 * Legal erasure, the only irreversible verb: the memory's words and salts are destroyed wherever they are kept, the chain
 * still verifies, and nothing brings them back. Needs the id typed again.
 */
export async function purgeMemory(
  ctx: Context,
  input: { readonly id: string; readonly confirm: string; readonly reason?: string | undefined },
) {
  const id = knownId<MemoryId>(input.id, "memory");
  if (input.confirm !== input.id)
    throw new Refusal("invalid_input", "An erasure cannot be undone, so it has to be confirmed.", {
      fields: [{ path: "confirm", message: "must repeat the memory's id" }],
    });
  const head = draftHead(envelope(ctx, { reason: input.reason }));
  return append(ctx, {
    decide: async ({ tx }) => {
      const row = (await memoryRowsById(tx, [id])).get(id);
      if (!row) throw notFound("memory", id);
      if (row.erased) throw new Refusal("erased", `Memory ${id} was erased already.`);
      return [draft.purge(head, id)];
    },
    // The texts go in the same transaction, after the projection has become a tombstone.
    answer: async (_done, tx) => ({ erased: id, changeId: head.id, texts: await destroyTexts(tx, id) }),
  });
}
