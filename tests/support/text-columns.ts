/** Looks for words in every column of every table of one workspace, in whatever form the column keeps them. */
import { inWorkspace } from "@/lib/store/prisma";
import { constantSql } from "@/lib/store/sql";
import type { WorkspaceId } from "@/lib/domain/ids";

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** `Table.column` of each column with a row that holds these words. */
export function columnsHolding(workspaceId: WorkspaceId, words: string): Promise<string[]> {
  return inWorkspace(workspaceId, async (tx) => {
    const columns = await tx.$queryRaw<Column[]>`
      SELECT c.table_name AS "table", c.column_name AS "column", c.udt_name AS "type" FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`;
    const found: string[] = [];
    for (const { table, column, type } of columns) {
      // Bytes are shown as hex by a cast to text, so they are looked through as the letters they may be.
      const text = type === "bytea" ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const [row] = await tx.$queryRaw<{ held: boolean }[]>`
        SELECT EXISTS (SELECT 1 FROM ${constantSql(`"${table}"`)} WHERE ${constantSql(text)} ILIKE ${`%${words}%`}) AS "held"`;
      if (row?.held) found.push(`${table}.${column}`);
    }
    return found;
  });
}
