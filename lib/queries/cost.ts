import { cpuMedians } from "@/lib/store/cpu-meter";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import type { Asker, InputOf } from "./asker";
import type { cost as shape } from "@/lib/contracts/metrics";

export type Cost = InputOf<typeof shape>;

/** What one update and one recall take: CPU time as measured in this process, bytes as the database holds them. */
export async function cost(ctx: Asker): Promise<Cost> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const [counted] = await tx.$queryRaw<{ memories: bigint }[]>`
      SELECT count(*) AS "memories" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "exists"`;
    const memories = Number(counted?.memories ?? 0);
    const bytes = await bytesPerRow(tx);
    const all = (names: readonly string[]): number =>
      names.reduce((sum, name) => sum + (bytes.get(name)?.total ?? 0), 0);
    const rows = bytes.get("Memory")?.rows ?? 0;
    return {
      cpu: cpuMedians(),
      storage: {
        memories,
        bytesPerMemory:
          rows === 0
            ? null
            : all([
                "Memory",
                "Change",
                "ChangeText",
                "ChangeEffect",
                "ChangeStatus",
                "Embedding",
                "Relation",
                "GraphEdit",
              ]) / rows,
        bytesPerUpdate: perRow(bytes, ["Change", "ChangeEffect"]),
        bytesPerRecall: perRow(bytes, ["Retrieval"]),
      },
    };
  });
}

interface TableSize {
  /** With indexes. */
  readonly total: number;
  /** As the database last counted them, over all workspaces; sizes are per table, so shares are only right over all. */
  readonly rows: number;
}

async function bytesPerRow(tx: Tx): Promise<Map<string, TableSize>> {
  const rows = await tx.$queryRaw<{ name: string; total: bigint; rows: number }[]>`
    SELECT c.relname AS "name", pg_total_relation_size(c.oid) AS "total", greatest(coalesce(s.n_live_tup, 0), c.reltuples::bigint, 0)::float8 AS "rows"
    FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`;
  return new Map(rows.map((row) => [row.name, { total: Number(row.total), rows: row.rows }]));
}

function perRow(bytes: ReadonlyMap<string, TableSize>, names: readonly string[]): number | null {
  const parts = names.map((name) => bytes.get(name)).filter((size) => size !== undefined && size.rows > 0);
  return parts.length < names.length
    ? null
    : parts.reduce((sum, size) => sum + (size?.total ?? 0) / (size?.rows ?? 1), 0);
}
