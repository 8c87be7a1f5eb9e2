import { readSet, utc, type DataMemory, type DataQuery, type DataSet } from "./data";
import { openWorkspace, remember, settle } from "./store";

import type { Context } from "@/lib/commands/context";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import { millis } from "@/lib/domain/ids";

/** A set of the data in a workspace of its own. */
export interface StoredSet {
  readonly set: DataSet;
  readonly ctx: Context;
  /** The product's id of one of the data's memories. */
  readonly idOf: (id: string) => string;
  /** Who asks a question, when it is asked. */
  readonly asker: (query: DataQuery) => Context;
}

/** The questions of these sets are asked on a date; what is current then is what they ask for. */
const DATED = new Set(["longmemeval", "situatedqa"]);

export async function storeSet(dataFolder: string, name: string): Promise<StoredSet> {
  const set = await readSet(dataFolder, name);
  const { ctx } = await openWorkspace(name);
  const { ids } = await remember(ctx, set.memories.map(toRemember));
  await settle(ctx);
  // Two turns with the same words are one memory, so several of the data's ids may have one of ours.
  const ours = new Map(set.memories.map((memory, i) => [memory.id, ids[i] ?? ""]));
  const asker = ({ timestamp }: DataQuery): Context =>
    DATED.has(name) && timestamp !== null ? { ...ctx, now: () => millis(Date.parse(utc(timestamp))) } : ctx;
  return { set, ctx, idOf: (id) => ours.get(id) ?? id, asker };
}

const toRemember = ({ title, text, timestamp, speaker, session, scope }: DataMemory): CreateMemoryIn => ({
  content: title ? `${title} ${text}` : text,
  ...(timestamp ? { validAt: utc(timestamp) } : {}),
  scope: { userId: scope, ...(session === undefined ? {} : { sessionId: session }) },
  ...(speaker === undefined ? {} : { source: { speaker } }),
});
