import { append } from "@/lib/store/append";
import { decideUpdate } from "./update-memory";
import { envelope, type Context } from "./context";
import { knownId, type MemoryId } from "@/lib/domain/ids";
import { memoriesOut, writtenChanges } from "@/lib/queries/written";
import { requireMemory, requireSeq } from "@/lib/queries/memory-rows";
import type { Draft } from "@/lib/domain/ledger/change";
import type { InputOf } from "@/lib/queries/asker";
import type { updateMany as input } from "@/lib/contracts/memory";

/** Edits many memories as one group: all of them, or, when one is not there or has moved, none. */
export async function updateMany(ctx: Context, asked: InputOf<typeof input>) {
  const ids = asked.items.map((item) => knownId<MemoryId>(item.id, "memory"));
  const by = envelope(ctx, { reason: asked.reason });
  return append(ctx, {
    decide: async (locked) => {
      const drafts: Draft[] = [];
      for (const [i, item] of asked.items.entries()) {
        // There is one id per item.
        const { row, view } = await requireMemory(locked.tx, ids[i] as MemoryId);
        await requireSeq(locked.tx, row, item.expectedSeq);
        drafts.push(...(await decideUpdate(locked, view, { input: item, by })));
      }
      return drafts;
    },
    answer: async (done, tx) => {
      const found = await memoriesOut(tx, ids, { now: done.at, parameters: done.parameters });
      const items = ids.flatMap((id) => {
        const memory = found.get(id);
        return memory ? [{ memory }] : [];
      });
      return { items, groupId: done.groupId, changes: await writtenChanges(tx, done) };
    },
  });
}
