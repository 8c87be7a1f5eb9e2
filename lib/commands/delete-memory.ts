import { updateMemory } from "./update-memory";
import type { Context } from "./context";
import type { MemoryWritten } from "./create-memory";

/** Deletes a memory, reversibly: it leaves every recall and keeps everything it had and everything it would have gained. */
export const deleteMemory = (
  ctx: Context,
  input: {
    readonly id: string;
    readonly reason?: string | undefined;
    readonly expectedSeq?: number | undefined;
  },
): Promise<MemoryWritten> => updateMemory(ctx, { ...input, lifecycle: "deleted" });
