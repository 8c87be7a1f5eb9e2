"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { MemoryListInput } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";

export const sorts = ["newest", "oldest", "confidence", "-confidence", "updated", "used"] as const;
export type Sort = (typeof sorts)[number];
export const lifecycles = ["active", "archived", "deleted", "all"] as const;
export type ShownLifecycle = (typeof lifecycles)[number];

const params = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(sorts).withDefault("newest"),
  lifecycle: parseAsStringLiteral(lifecycles).withDefault("active"),
  peek: parseAsString,
  add: parseAsBoolean.withDefault(false),
};

/** The list as the address bar has it: what is searched, how it is sorted, and which memory is peeked at. */
export function useMemorySearch() {
  const [state, setState] = useQueryStates(params);
  const { q, sort, lifecycle } = state;
  const selection = useMemo(
    () => ({ lifecycle, ...(q.trim() === "" ? {} : { q: q.trim() }) }),
    [q, lifecycle],
  );
  const input: MemoryListInput = { ...selection, sort, facets: true };
  const list = useInfiniteQuery(queries.memories(input));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  return {
    state,
    setState: (next: Parameters<typeof setState>[0]) => void setState(next),
    /** What names the matching memories for the server, without their order. */
    selection,
    list,
    rows,
    totalCount: first?.total ?? null,
    facets: first?.facets,
  };
}

export type MemorySearch = ReturnType<typeof useMemorySearch>;
export type ListedMemory = MemorySearch["rows"][number];
