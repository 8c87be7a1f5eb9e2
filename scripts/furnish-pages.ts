import type { PageSubjects } from "./page-list";

import { bulkMemories } from "@/lib/commands/bulk-memories";
import type { Context } from "@/lib/commands/context";
import { mergeMemories } from "@/lib/commands/merge-memories";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { listEntities } from "@/lib/queries/entities";
import { listMemories } from "@/lib/queries/list-memories";
import { recall } from "@/lib/queries/recall";
import { allEmbedded } from "@/lib/search/live-index";

const TAGGED = 200;
const ARCHIVED = 50;
const SHOWN = 5;
const USED = 2;
/** One answer in so many fails. */
const FAILING = 4;

/**
 * Uses a store as its people would, so that every page has something to show: questions whose answers succeed and fail, a
 * merge, tags, an archive and a step that was taken back. Nothing here depends on how large the store is.
 */
export async function furnishPages(
  ctx: Context,
  questions: readonly string[],
): Promise<Omit<PageSubjects, "cycle">> {
  await allEmbedded(ctx.workspaceId);
  const [question = "What was said first?"] = questions;
  let changeId: string | undefined;
  let memory: string | undefined;
  for (const [i, query] of questions.entries()) {
    const { retrievalId, results } = await recall(ctx, { query, limit: SHOWN });
    const used = results.slice(0, USED).map((result) => result.memory.id);
    if (retrievalId === null || used.length === 0) continue;
    memory ??= used[0];
    const signal = await recordSignal(ctx, { retrievalId, outcome: i % FAILING === 0 ? -1 : 1, used });
    changeId = signal.changes[0]?.id ?? changeId;
  }
  if (memory === undefined) throw new Error("No question found a memory, so there is nothing to show.");
  if (changeId !== undefined) await revert(ctx, { changeIds: [changeId], reason: "A slip of the finger" });
  const { results } = await recall(ctx, { query: question, limit: USED + 1 });
  const alike = results.map((result) => result.memory.id).filter((id) => id !== memory);
  if (alike.length > 1) await mergeMemories(ctx, { sources: alike });
  const { items } = await listMemories(ctx, { sort: "oldest", limit: TAGGED });
  const ids = items.map((item) => item.id).filter((id) => id !== memory);
  await bulkMemories(ctx, { ids, action: "addTag", value: "early" });
  await bulkMemories(ctx, {
    ids: ids.slice(-ARCHIVED).slice(0, Math.floor(ids.length / FAILING)),
    action: "archive",
  });
  const { items: entities } = await listEntities(ctx, { limit: 1 });
  const [entity] = entities;
  return { memory, question, entity: entity?.id ?? "none", entityName: entity?.name ?? "none" };
}
