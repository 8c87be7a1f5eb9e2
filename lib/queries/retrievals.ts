import { labelsOf } from "./labels";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { escapeLike } from "./filter-sql";
import { isKnownForm, knownId, millis, notFound, type RetrievalId } from "@/lib/domain/ids";
import { iso } from "./memory-out";
import { joinSql, sql, type Sql } from "@/lib/store/sql";
import { presentChanges } from "./change-out";
import { readCursor, writeCursor } from "./cursor";
import { timeOf } from "@/lib/domain/time";
import type { Asker, InputOf } from "./asker";
import type { gotRetrieval, listRetrievals as input, retrieval, PARTS } from "@/lib/contracts/recall";
import type { LoggedCandidate } from "@/lib/store/telemetry";

export type RetrievalOut = InputOf<typeof retrieval>;
export type GotRetrieval = InputOf<typeof gotRetrieval>;

const DEFAULT_LIMIT = 50;
const MOST_CHANGES = 200;

/** Logged recalls, newest first. Looking at them logs nothing. */
export async function listRetrievals(ctx: Asker, asked: InputOf<typeof input>) {
  const { limit = DEFAULT_LIMIT } = asked;
  const place = readCursor(asked.cursor, ["time", "uuid"]);
  const where = joinSql(conditions(asked), " AND ");
  const after =
    place === null
      ? sql`true`
      : sql`(r."at", r."id") < (${new Date(place[0])}::timestamptz, ${place[1]}::uuid)`;
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await retrievalRows(tx, sql`${where} AND ${after}`, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const [counted] = await tx.$queryRaw<
      { total: bigint }[]
    >`SELECT count(*) AS "total" FROM "Retrieval" r WHERE ${where}`;
    return {
      items: await present(tx, page),
      nextCursor:
        rows.length > limit && last !== undefined ? writeCursor([last.at.toISOString(), last.id]) : null,
      total: Number(counted?.total ?? 0),
    };
  });
}

/** One logged recall with how its candidates scored, what was reported about it, and what that changed. */
export async function getRetrieval(ctx: Asker, asked: { readonly id: string }): Promise<GotRetrieval> {
  const id = knownId<RetrievalId>(asked.id, "retrieval");
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const [row] = await retrievalRows(
      tx,
      sql`r."workspaceId" = current_setting('app.workspace')::uuid AND r."id" = ${id}::uuid`,
      1,
    );
    if (row === undefined) throw notFound("retrieval", id);
    const [out] = await present(tx, [row]);
    if (out === undefined) throw notFound("retrieval", id);
    const signals = await signalsOf(tx, id);
    const groups = signals.flatMap((signal) => signal.groupId ?? []);
    return {
      retrieval: out,
      candidates: await candidatesOf(tx, row),
      signals: signals.map(({ groupId: _groupId, ...signal }) => ({
        ...signal,
        at: iso(signal.at.getTime()),
      })),
      changes:
        groups.length === 0
          ? []
          : await presentChanges(tx, {
              where: sql`c."groupId" = ANY(${groups}::uuid[])`,
              limit: MOST_CHANGES,
            }),
    };
  });
}

function conditions({ memory, actor, q, from, to }: InputOf<typeof input>): Sql[] {
  return [
    sql`r."workspaceId" = current_setting('app.workspace')::uuid`,
    ...(memory === undefined
      ? []
      : [isKnownForm(memory) ? sql`r."shown" @> ARRAY[${memory}]::uuid[]` : sql`false`]),
    ...(actor === undefined ? [] : [sql`r."actor" = ${actor}`]),
    ...(q ?? "")
      .split(/\s+/u)
      .filter((word) => word !== "")
      .map((word) => sql`r."query" ILIKE ${`%${escapeLike(word)}%`}`),
    ...(from === undefined ? [] : [sql`r."at" >= ${new Date(timeOf(from))}`]),
    ...(to === undefined ? [] : [sql`r."at" <= ${new Date(timeOf(to))}`]),
  ];
}

interface RetrievalRow {
  readonly id: string;
  readonly at: Date;
  readonly query: string;
  readonly scope: Record<string, string>;
  readonly asOf: Date | null;
  readonly epoch: string;
  readonly seq: bigint;
  readonly seed: string | null;
  readonly tookMs: number;
  readonly shown: string[];
  readonly candidates: LoggedCandidate[];
  readonly signals: bigint;
}

async function retrievalRows(tx: Tx, where: Sql, limit: number): Promise<RetrievalRow[]> {
  return tx.$queryRaw<RetrievalRow[]>`
    SELECT r."id", r."at", r."query", r."scope", r."asOf", r."epoch", r."seq", r."seed", r."tookMs", r."shown", r."candidates",
      (SELECT count(*) FROM "Signal" s WHERE s."workspaceId" = r."workspaceId" AND s."retrievalId" = r."id") AS "signals"
    FROM "Retrieval" r WHERE ${where} ORDER BY r."at" DESC, r."id" DESC LIMIT ${limit}`;
}

async function present(tx: Tx, rows: readonly RetrievalRow[]): Promise<RetrievalOut[]> {
  const labels = await labelsOf(
    tx,
    rows.flatMap((row) => row.shown),
  );
  return rows.map(({ candidates, shown, ...row }) => {
    const scores = new Map<string, number>(candidates.map((c) => [c.m, c.s]));
    return {
      ...row,
      at: iso(row.at.getTime()),
      asOf: row.asOf === null ? null : iso(millis(row.asOf.getTime())),
      seq: Number(row.seq),
      signals: Number(row.signals),
      shown: shown.map((memoryId, i) => ({
        rank: i + 1,
        memoryId,
        label: labels.get(memoryId) ?? "",
        score: scores.get(memoryId) ?? 0,
      })),
    };
  });
}

async function candidatesOf(
  tx: Tx,
  { candidates, shown }: RetrievalRow,
): Promise<GotRetrieval["candidates"]> {
  const labels = await labelsOf(
    tx,
    candidates.map((c) => c.m),
  );
  const isShown = new Set(shown);
  return candidates.map(({ m, s, p }, i) => ({
    memoryId: m,
    label: labels.get(m) ?? "",
    rank: i + 1,
    score: s,
    parts: partsOf(p),
    shown: isShown.has(m),
  }));
}

/** Parts are logged as bare numbers in this order, the one of the contract. */
const PART_NAMES: typeof PARTS = ["similarity", "keyword", "utility", "graph", "recency", "cue", "context"];
type Parts = GotRetrieval["candidates"][number]["parts"];

function partsOf(numbers: readonly number[]): Parts {
  // Every name is mapped.
  return Object.fromEntries(PART_NAMES.map((name, i) => [name, numbers[i] ?? 0])) as Parts;
}

type SignalRow = Omit<GotRetrieval["signals"][number], "at"> & {
  readonly at: Date;
  readonly groupId: string | null;
};

const signalsOf = (tx: Tx, id: RetrievalId): Promise<SignalRow[]> => tx.$queryRaw<SignalRow[]>`
  SELECT "id", "at", "outcome", "raw", "actor", "source", "groupId" FROM "Signal"
  WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "retrievalId" = ${id}::uuid ORDER BY "recordedAt", "id"`;
