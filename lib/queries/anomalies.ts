import { labelsOf } from "./labels";
import { actorName } from "./actor-name";
import { isBurst, isCrowdingOut, isEverywhere, questionKinds } from "@/lib/domain/safety/anomalies";
import { vectorOf } from "@/lib/store/telemetry";
import type { InputOf } from "./asker";
import type { Millis } from "@/lib/domain/ids";
import type { Parameters } from "@/lib/domain/parameters";
import type { safety } from "@/lib/contracts/metrics";
import type { Tx } from "@/lib/store/prisma";

export type Anomaly = InputOf<typeof safety>["anomalies"][number];

/** Recalls that are looked at, newest first, and how many there must be before a share means anything. */
const RECENT = 500;
const ENOUGH = 50;
/** Questions at least so alike are of one kind. */
const ALIKE = 0.5;
/** Being among so many of a list's first is being pushed, not being filler at its end. */
const FRONT = 3;
const HOUR_MS = 3_600_000;
const DAYS_OF_HABIT = 7;
/** A handful in an hour is no burst, however quiet the source was. */
const FEWEST_IN_BURST = 50;

/** What looks like somebody trying to steer the memory; each names the changes a person could take back. Flags, never acts. */
export async function anomalies(tx: Tx, now: Millis, parameters: Parameters): Promise<Anomaly[]> {
  return [
    ...(await crowding(tx, parameters)),
    ...(await everywhere(tx, parameters)),
    ...(await bursts(tx, now, parameters)),
  ];
}

interface SourceRow {
  readonly actor: string;
  readonly keyName: string | null;
  readonly origin: string | null;
  readonly shown: bigint;
  readonly stored: bigint;
}

async function crowding(tx: Tx, parameters: Parameters): Promise<Anomaly[]> {
  const rows = await tx.$queryRaw<SourceRow[]>`
    WITH recent AS (SELECT "shown" FROM "Retrieval" WHERE "workspaceId" = current_setting('app.workspace')::uuid ORDER BY "at" DESC LIMIT ${RECENT}),
      uses AS (SELECT id, count(*) AS n FROM recent, unnest("shown") AS id GROUP BY id),
      made AS (SELECT m."id", c."actor", c."origin" FROM "Memory" m JOIN "Change" c ON c."workspaceId" = m."workspaceId" AND c."id" = m."createdBy"
        WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND m."lifecycle" = 'active')
    SELECT made."actor", coalesce((SELECT k."name" FROM "ApiKey" k WHERE made."actor" = 'key:' || k."id"::text), (SELECT p."name" FROM "Person" p WHERE made."actor" = 'person:' || p."id"::text)) AS "keyName", made."origin", coalesce(sum(uses.n), 0)::bigint AS "shown", count(*) AS "stored"
    FROM made LEFT JOIN uses ON uses.id = made."id" WHERE (SELECT count(*) FROM recent) >= ${ENOUGH} GROUP BY made."actor", made."origin" ORDER BY "shown" DESC`;
  const [shownInAll, storedInAll] = [total(rows, "shown"), total(rows, "stored")];
  return rows.flatMap((row): Anomaly[] => {
    const share = {
      shown: Number(row.shown) / Math.max(1, shownInAll),
      stored: Number(row.stored) / Math.max(1, storedInAll),
    };
    if (!isCrowdingOut(share, parameters)) return [];
    const name = actorName(row.actor, row.keyName);
    return [
      {
        kind: "crowding",
        title: `${row.origin === null ? name : `${name}, from “${row.origin}”,`} fills ${percent(share.shown)} of what recalls show`,
        detail: `It wrote ${percent(share.stored)} of the memories.`,
        memoryId: null,
        select: { actor: row.actor, op: "create", ...(row.origin === null ? {} : { source: row.origin }) },
      },
    ];
  });
}

const total = (rows: readonly SourceRow[], of: "shown" | "stored"): number =>
  rows.reduce((sum, row) => sum + Number(row[of]), 0);

async function everywhere(tx: Tx, parameters: Parameters): Promise<Anomaly[]> {
  const rows = await tx.$queryRaw<{ vector: Uint8Array; shown: string[] }[]>`
    SELECT "vector", "shown" FROM (
      SELECT DISTINCT ON ("queryKey") "queryKey", "vector", "shown", "at" FROM "Retrieval"
      WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "vector" IS NOT NULL ORDER BY "queryKey", "at" DESC) AS q ORDER BY "at" DESC LIMIT ${RECENT}`;
  const kinds = questionKinds(
    rows.map((row) => vectorOf(row.vector)),
    ALIKE,
  );
  const count = new Set(kinds).size;
  if (count < ENOUGH) return [];
  const hits = new Map<string, Set<number>>();
  rows.forEach((row, i) => {
    for (const id of row.shown.slice(0, FRONT)) hits.set(id, (hits.get(id) ?? new Set()).add(kinds[i] ?? 0));
  });
  const found = [...hits].filter(([, of]) => isEverywhere(of.size, count, parameters));
  const labels = await labelsOf(
    tx,
    found.map(([id]) => id),
  );
  return found.map(([id, of]) => ({
    kind: "everywhere",
    title: `“${labels.get(id) ?? id}” is among the first answers to ${percent(of.size / count)} of all kinds of question`,
    detail: `${of.size} of ${count} unrelated kinds. One fact is rarely about so much.`,
    memoryId: id,
    select: { targetId: id, op: "create" as const },
  }));
}

async function bursts(tx: Tx, now: Millis, parameters: Parameters): Promise<Anomaly[]> {
  const rows = await tx.$queryRaw<
    { actor: string; keyName: string | null; op: "create" | "observe"; inHour: bigint; before: bigint }[]
  >`
    SELECT "actor", coalesce((SELECT k."name" FROM "ApiKey" k WHERE "actor" = 'key:' || k."id"::text), (SELECT p."name" FROM "Person" p WHERE "actor" = 'person:' || p."id"::text)) AS "keyName", "op", count(*) FILTER (WHERE "at" >= ${new Date(now - HOUR_MS)}) AS "inHour", count(*) FILTER (WHERE "at" < ${new Date(now - HOUR_MS)}) AS "before"
    FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "at" >= ${new Date(now - DAYS_OF_HABIT * 24 * HOUR_MS)}
      AND "op" IN ('create', 'observe') AND "cause"->>'kind' <> 'import' GROUP BY "actor", "op"`;
  return rows.flatMap(({ actor, keyName, op, inHour, before }): Anomaly[] => {
    const [lately, usual] = [Number(inHour), Number(before) / (DAYS_OF_HABIT * 24 - 1)];
    if (lately < FEWEST_IN_BURST || !isBurst(lately, usual, parameters)) return [];
    const what = op === "create" ? "memories" : "outcomes";
    return [
      {
        kind: "burst",
        title: `${actorName(actor, keyName)} wrote ${lately} ${what} within an hour`,
        detail: `It usually writes ${usual.toFixed(1)} an hour.`,
        memoryId: null,
        select: { actor, op, from: new Date(now - HOUR_MS).toISOString() },
      },
    ];
  });
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
