import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { isKnownForm } from "@/lib/domain/ids";
import { CONSTANTS } from "@/lib/domain/parameters";
import { iso, labelOf } from "./memory-out";
import { joinSql, sql, type Sql } from "@/lib/store/sql";
import { readCursor, writeCursor } from "./cursor";
import { timeOf } from "@/lib/domain/time";
import type { Asker, InputOf } from "./asker";
import type { listSignals as input, signal } from "@/lib/contracts/signal";

export type SignalOut = InputOf<typeof signal>;
type Moved = SignalOut["moved"][number];

const DEFAULT_LIMIT = 50;

/** Reported outcomes, newest first, each with every memory it moved and whether that still counts. */
export async function listSignals(ctx: Asker, asked: InputOf<typeof input>) {
  const { limit = DEFAULT_LIMIT } = asked;
  const place = readCursor(asked.cursor, ["time", "uuid"]);
  const where = joinSql(conditions(asked), " AND ");
  const after =
    place === null
      ? sql`true`
      : sql`(g."recordedAt", g."id") < (${new Date(place[0])}::timestamptz, ${place[1]}::uuid)`;
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await signalRows(tx, sql`${where} AND ${after}`, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const [counted] = await tx.$queryRaw<
      { total: bigint }[]
    >`SELECT count(*) AS "total" FROM "Signal" g WHERE ${where}`;
    return {
      items: await present(tx, page),
      nextCursor:
        rows.length > limit && last !== undefined
          ? writeCursor([last.recordedAt.toISOString(), last.id])
          : null,
      total: Number(counted?.total ?? 0),
    };
  });
}

function conditions({ memory, from, to }: InputOf<typeof input>): Sql[] {
  const moved =
    memory !== undefined && isKnownForm(memory)
      ? sql`g."groupId" IN (SELECT c."groupId" FROM "Change" c WHERE c."workspaceId" = g."workspaceId" AND c."targetId" = ${memory}::uuid AND c."op" = 'observe')`
      : sql`false`;
  return [
    sql`g."workspaceId" = current_setting('app.workspace')::uuid`,
    ...(memory === undefined ? [] : [moved]),
    ...(from === undefined ? [] : [sql`g."recordedAt" >= ${new Date(timeOf(from))}`]),
    ...(to === undefined ? [] : [sql`g."recordedAt" <= ${new Date(timeOf(to))}`]),
  ];
}

interface SignalRow {
  readonly id: string;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly source: string | null;
  readonly retrievalId: string | null;
  readonly query: string | null;
  readonly outcome: number | null;
  readonly baseline: number | null;
  readonly groupId: string | null;
  readonly ranksChanged: boolean;
}

const signalRows = (tx: Tx, where: Sql, limit: number): Promise<SignalRow[]> => tx.$queryRaw<SignalRow[]>`
  SELECT g."id", g."at", g."recordedAt", g."actor", g."source", g."retrievalId", r."query", g."outcome", g."baseline", g."groupId", g."ranksChanged"
  FROM "Signal" g LEFT JOIN "Retrieval" r ON r."workspaceId" = g."workspaceId" AND r."id" = g."retrievalId"
  WHERE ${where} ORDER BY g."recordedAt" DESC, g."id" DESC LIMIT ${limit}`;

async function present(tx: Tx, rows: readonly SignalRow[]): Promise<SignalOut[]> {
  const moved = await movedIn(
    tx,
    rows.flatMap((row) => row.groupId ?? []),
  );
  return rows.map(({ groupId, recordedAt: _recordedAt, at, ...row }) => ({
    ...row,
    at: iso(at.getTime()),
    moved: moved.get(groupId ?? "") ?? [],
  }));
}

interface MovedRow {
  readonly groupId: string;
  readonly memoryId: string;
  readonly content: string | null;
  readonly changeId: string;
  readonly weight: readonly [number, number];
  readonly state: Moved["status"] | null;
}

async function movedIn(tx: Tx, groups: readonly string[]): Promise<Map<string, Moved[]>> {
  if (groups.length === 0) return new Map();
  const rows = await tx.$queryRaw<MovedRow[]>`
    SELECT c."groupId", c."targetId" AS "memoryId", left(m."content", 400) AS "content", c."id" AS "changeId", c."payload"->'weight' AS "weight", s."state"
    FROM "Change" c LEFT JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId"
    LEFT JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id"
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."groupId" = ANY(${[...groups]}::uuid[]) AND c."op" = 'observe' AND c."targetType" = 'memory'
    ORDER BY c."seq"`;
  const found = new Map<string, Moved[]>();
  for (const { groupId, content, weight, state, ...row } of rows) {
    const moved: Moved = {
      ...row,
      label: labelOf(content ?? ""),
      weight: (weight[0] - weight[1]) / CONSTANTS.micro,
      status: state ?? "live",
    };
    found.set(groupId, [...(found.get(groupId) ?? []), moved]);
  }
  return found;
}
