"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "@/lib/client/queries";
import { joinAnswers, type DrawnGraph } from "./drawn-graph";

export interface Asked {
  readonly entity: string | null;
  readonly to: string | null;
  readonly open: readonly string[];
  readonly min: number;
  readonly cycle: string | null;
}

/** At most this many are drawn around an entity; the map shows as many of the most mentioned. */
const LIMIT = 150;
/** What "+" opens: the entity and its best neighbours. */
const OPENED = 26;

/** The answer to what was asked, with the neighbours that were opened beside it. */
export function useDrawnGraph({ entity, to, open, min, cycle }: Asked) {
  const shared = min > 0 ? { minStrength: min } : {};
  const query = useQuery(
    queries.graph({
      ...shared,
      limit: LIMIT,
      ...(entity === null ? {} : { entity }),
      ...(entity === null || to === null ? {} : { to }),
      ...(cycle === null ? {} : { cycleId: cycle }),
    }),
  );
  const opened = useQueries({
    queries: open.map((id) => queries.graph({ ...shared, entity: id, limit: OPENED })),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
  const drawn: DrawnGraph = useMemo(
    () => joinAnswers(query.data === undefined ? [] : [query.data, ...opened]),
    [query.data, opened],
  );
  return { query, drawn };
}
