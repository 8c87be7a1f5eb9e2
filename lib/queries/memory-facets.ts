import { MEMORY_STATES } from "@/lib/domain/memory/filter";
import { constantSql, joinSql, noSql, sql } from "@/lib/store/sql";
import { MEMORIES_FROM, stateSql, type ReadSelection } from "./filter-sql";
import type { Tx } from "@/lib/store/prisma";

export type Facets = Record<
  "kind" | "lifecycle" | "tag" | "speaker" | "state",
  { value: string; count: number }[]
>;

/** Tags and speakers can be without number; a sidebar shows the most frequent. */
const MOST_VALUES = 50;

/**
 * How the matches of a search divide. The lifecycle facet counts what the search would find in each lifecycle, because
 * that is the one by which a list is switched over; the others count within the list as it is.
 */
export async function memoryFacets(tx: Tx, { filter, lifecycle }: ReadSelection): Promise<Facets> {
  const flags = MEMORY_STATES.map((state, i) => sql`(${stateSql(state)}) IS TRUE AS ${flag(i)}`);
  const names = MEMORY_STATES.map((_, i) => flag(i));
  const states = MEMORY_STATES.map(
    (state, i) =>
      sql`SELECT 'state', ${state}::text, sum("n") FROM shown WHERE ${flag(i)} HAVING sum("n") > 0`,
  );
  // Memories are alike in what is counted, so they are put together first and each facet adds up a few rows.
  const rows = await tx.$queryRaw<{ facet: keyof Facets; value: string; count: bigint }[]>`
    WITH alike AS MATERIALIZED (
      SELECT m."kind", m."lifecycle", m."tags", m."speaker", ${joinSql(flags, ", ")}, count(*) AS "n"
      FROM ${MEMORIES_FROM} WHERE ${filter} GROUP BY m."kind", m."lifecycle", m."tags", m."speaker", ${joinSql(names, ", ")}
    ), shown AS (SELECT * FROM alike ${lifecycle === null ? noSql : sql`WHERE "lifecycle" = ${lifecycle}`}),
    counted AS (
      SELECT 'lifecycle' AS "facet", "lifecycle" AS "value", sum("n") AS "count" FROM alike GROUP BY 2
      UNION ALL SELECT 'kind', "kind", sum("n") FROM shown GROUP BY 2
      UNION ALL SELECT 'speaker', "speaker", sum("n") FROM shown WHERE "speaker" IS NOT NULL GROUP BY 2
      UNION ALL SELECT 'tag', t."value", sum("n") FROM shown, unnest("tags") t("value") GROUP BY 2
      UNION ALL ${joinSql(states, " UNION ALL ")}
    )
    SELECT "facet", "value", "count"::bigint FROM (
      SELECT *, row_number() OVER (PARTITION BY "facet" ORDER BY "count" DESC, "value") AS "place" FROM counted
    ) ranked WHERE "place" <= ${MOST_VALUES} ORDER BY "facet", "place"`;
  const facets: Facets = { kind: [], lifecycle: [], tag: [], speaker: [], state: [] };
  for (const { facet, value, count } of rows) facets[facet].push({ value, count: Number(count) });
  return facets;
}

/** The column that says whether a memory is in the state of that number. */
const flag = (number: number) => constantSql(`"is${number}"`);
