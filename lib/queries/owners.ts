import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { iso } from "./memory-out";
import { joinSql, noSql, sql, type Sql } from "@/lib/store/sql";
import { readCursor, writeCursor } from "./cursor";
import type { Asker, InputOf } from "./asker";
import type { listOwners as input, owner } from "@/lib/contracts/memory";

type Owner = InputOf<typeof owner>;

const DEFAULT_LIMIT = 50;

/** Whose memories there are, by type and then by id. Deleted memories are nobody's; archived ones still belong to somebody. */
export async function listOwners(ctx: Asker, asked: InputOf<typeof input>) {
  const { limit = DEFAULT_LIMIT } = asked;
  const place = readCursor(asked.cursor, ["string", "string"]);
  const after = place === null ? noSql : sql`WHERE ("type", "id") > (${place[0]}, ${place[1]})`;
  const all = ownersSql(asked);
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<
      OwnerRow[]
    >`SELECT * FROM (${all}) o ${after} ORDER BY "type", "id" LIMIT ${limit + 1}`;
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(present),
      nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.type, last.id]) : null,
      total: await count(tx, all),
    };
  });
}

interface OwnerRow {
  readonly type: Owner["type"];
  readonly id: string;
  readonly memories: bigint;
  readonly firstAt: Date;
  readonly updatedAt: Date;
}

const present = ({ type, id, memories, firstAt, updatedAt }: OwnerRow): Owner => ({
  type,
  id,
  memories: Number(memories),
  firstAt: iso(firstAt.getTime()),
  updatedAt: iso(updatedAt.getTime()),
});

const COLUMNS: Readonly<Record<Exclude<Owner["type"], "metadata">, Sql>> = {
  user: sql`m."userId"`,
  agent: sql`m."agentId"`,
  run: sql`m."runId"`,
  session: sql`m."sessionId"`,
};

function ownersSql({ type, metadata }: InputOf<typeof input>): Sql {
  const columns: [Owner["type"], Sql][] = [
    ["agent", COLUMNS.agent],
    ["run", COLUMNS.run],
    ["session", COLUMNS.session],
    ["user", COLUMNS.user],
    ...(metadata === undefined
      ? []
      : [["metadata", sql`m."metadata"->>${metadata}::text`] satisfies [Owner["type"], Sql]]),
  ];
  const wanted = columns.filter(([name]) => type === undefined || name === type);
  // A type that needs a key which was not given has no owners.
  if (wanted.length === 0)
    return sql`SELECT ''::text COLLATE "C" AS "type", ''::text COLLATE "C" AS "id", 0::bigint AS "memories", now() AS "firstAt", now() AS "updatedAt" WHERE false`;
  return joinSql(
    wanted.map(
      ([name, column]) => sql`
    SELECT ${name}::text COLLATE "C" AS "type", (${column}) COLLATE "C" AS "id", count(*) AS "memories", min(m."createdAt") AS "firstAt", max(m."updatedAt") AS "updatedAt"
    FROM "Memory" m
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased" AND m."mergedInto" IS NULL AND m."lifecycle" <> 'deleted'
      AND (${column}) IS NOT NULL
    GROUP BY 2`,
    ),
    " UNION ALL ",
  );
}

async function count(tx: Tx, all: Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS "total" FROM (${all}) o`;
  return Number(row?.total ?? 0);
}
