import { MEMORY_STATES } from "@/lib/domain/memory/filter";
import { joinSql, noSql, sql } from "@/lib/store/sql";
import { MEMORIES_FROM, readSelection, stateSql, type MemorySelection } from "./filter-sql";
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
export async function memoryFacets(tx: Tx, selection: MemorySelection): Promise<Facets> {
  const { filter, lifecycle } = readSelection(selection);
  const states = MEMORY_STATES.map((state) => sql`SELECT ${state}::text AS "value" WHERE ${stateSql(state)}`);
  const rows = await tx.$queryRaw<{ facet: keyof Facets; value: string; count: bigint }[]>`
    WITH m AS MATERIALIZED (
      SELECT m."kind", m."lifecycle", m."tags", m."speaker", ARRAY(${joinSql(states, " UNION ALL ")}) AS "states"
      FROM ${MEMORIES_FROM} WHERE ${filter}
    ), shown AS (SELECT * FROM m ${lifecycle === null ? noSql : sql`WHERE m."lifecycle" = ${lifecycle}`}),
    counted AS (
      SELECT 'lifecycle' AS "facet", "lifecycle" AS "value", count(*) AS "count" FROM m GROUP BY 2
      UNION ALL SELECT 'kind', "kind", count(*) FROM shown GROUP BY 2
      UNION ALL SELECT 'speaker', "speaker", count(*) FROM shown WHERE "speaker" IS NOT NULL GROUP BY 2
      UNION ALL SELECT 'tag', t."value", count(*) FROM shown, unnest("tags") t("value") GROUP BY 2
      UNION ALL SELECT 'state', t."value", count(*) FROM shown, unnest("states") t("value") GROUP BY 2
    )
    SELECT "facet", "value", "count" FROM (
      SELECT *, row_number() OVER (PARTITION BY "facet" ORDER BY "count" DESC, "value") AS "place" FROM counted
    ) ranked WHERE "place" <= ${MOST_VALUES} ORDER BY "facet", "place"`;
  const facets: Facets = { kind: [], lifecycle: [], tag: [], speaker: [], state: [] };
  for (const { facet, value, count } of rows) facets[facet].push({ value, count: Number(count) });
  return facets;
}
