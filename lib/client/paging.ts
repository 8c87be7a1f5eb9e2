import { keepPreviousData } from "@tanstack/react-query";
import { call, type CallOptions } from "./api";
import { sharedRows } from "./shared-rows";
import type { ChangeListInput, MemoryListInput } from "./keys";

const WINDOW_ROWS = 200;
const FIRST_PAGE: string | null = null;

interface Paged {
  readonly nextCursor: string | null;
}

/** How a list goes on from one window to the next, while the rows that are shown stay. */
export const paging = {
  initialPageParam: FIRST_PAGE,
  getNextPageParam: (last: Paged) => last.nextCursor,
  placeholderData: keepPreviousData,
  structuralSharing: sharedRows,
};

/** Keeps an input as it is on the first page and adds the cursor on the others. */
export function page<Input extends object>(input: Input, cursor: string | null) {
  return { limit: WINDOW_ROWS, ...input, ...(cursor === null ? {} : { cursor }) };
}

/** How the matches divide is told with the first window and is the same for the others. */
function firstFacets({ facets, ...input }: MemoryListInput, cursor: string | null): MemoryListInput {
  return cursor === null && facets !== undefined ? { ...input, facets } : input;
}

/** One window of a list that is long, for whoever needs no other. */
export const windowsOf = {
  memories: (input: MemoryListInput, cursor: string | null, options?: CallOptions) =>
    call("memories.list", { query: page(firstFacets(input, cursor), cursor) }, options),
  changes: (input: ChangeListInput, cursor: string | null, options?: CallOptions) =>
    call("changes.list", { query: page(input, cursor) }, options),
};
