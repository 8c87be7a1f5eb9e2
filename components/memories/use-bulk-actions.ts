"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call, type CallInput } from "@/lib/client/api";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import type { RowSelection } from "../ui/row-selection";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";
import type { MemorySearch } from "./use-memory-search";

type BulkBody = CallInput<"memories.bulk">["body"];
export type BulkAction = Pick<BulkBody, "action" | "value">;
type Matching = MemorySearch["selection"];

/** As many ids as one request takes. */
const MOST_IDS = 10_000;
const PAGE_ROWS = 200;

const doneText: Readonly<Record<BulkBody["action"], string>> = {
  archive: "Archived",
  restore: "Restored",
  delete: "Deleted",
  pin: "Pinned",
  unpin: "Unpinned",
  quarantine: "Quarantined",
  release: "Released",
  setKind: "Changed the kind of",
  addTag: "Tagged",
  removeTag: "Took the tag off",
};

/** Does one thing to everything selected, as one change, and offers to undo it as one. */
export function useBulkActions(matching: Matching) {
  const client = useQueryClient();
  const bulk = useVerb(verbs.bulkMemories);
  const run = async (selection: RowSelection, action: BulkAction): Promise<boolean> => {
    try {
      const chosen = await chosenBy(selection, matching);
      const { changed, groupId } = await bulk.mutateAsync({ body: { ...chosen, ...action } });
      const message = `${doneText[action.action]} ${plural(changed, "memory", "memories")}`;
      if (groupId === null) showDone("Nothing had to change");
      else {
        showUndo({
          message,
          onUndo: () => undoGroup(client, groupId),
          timelineHref: `/timeline?group=${groupId}`,
        });
      }
      return true;
    } catch (error) {
      showFailure("Nothing was changed", error);
      return false;
    }
  };
  return { run, isBusy: bulk.isPending };
}

/** The server selects all that match by itself; only exceptions make the ids necessary. */
async function chosenBy(selection: RowSelection, matching: Matching): Promise<Partial<BulkBody>> {
  if (selection.mode === "ids") return { ids: [...selection.ids] };
  if (selection.except.size === 0) return { q: "", ...matching };
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { ...matching, limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }) };
    const page: Awaited<ReturnType<typeof listPage>> = await listPage(query);
    ids.push(...page.items.map((memory) => memory.id).filter((id) => !selection.except.has(id)));
    cursor = page.nextCursor;
  } while (cursor !== null && ids.length < MOST_IDS);
  if (ids.length > MOST_IDS || cursor !== null) {
    throw new Error(`At most ${MOST_IDS} memories can be chosen with exceptions; narrow the search first.`);
  }
  return { ids };
}

function listPage(query: NonNullable<CallInput<"memories.list">["query"]>) {
  return call("memories.list", { query });
}
