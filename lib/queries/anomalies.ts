import { labelsOf } from "./labels";
import { actorName } from "./actor-name";
import { isBurst, isCrowdingOut, isEverywhere, questionKinds } from "@/lib/domain/safety/anomalies";
import { vectorOf } from "@/lib/store/telemetry";
import type { InputOf } from "./asker";
import { millis, seqOf, type Millis } from "@/lib/domain/ids";
import { seqsAt } from "./seq-at";
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
}

/** Who wrote what recalls showed lately. What a source wrote in all is counted only when it fills much of that. */
async function crowding(tx: Tx, parameters: Parameters): Promise<Anomaly[]> {
  const rows = await tx.$queryRaw<SourceRow[]>`
    WITH recent AS (SELECT "shown" FROM "Retrieval" WHERE "workspaceId" = current_setting('app.workspace')::uuid ORDER BY "at" DESC LIMIT ${RECENT}),
      uses AS MATERIALIZED (SELECT id, count(*) AS n FROM recent, unnest("shown") AS id GROUP BY id)
    SELECT c."actor", coalesce((SELECT k."name" FROM "ApiKey" k WHERE c."actor" = 'key:' || k."id"::text), (SELECT p."name" FROM "Person" p WHERE c."actor" = 'person:' || p."id"::text)) AS "keyName", c."origin", sum(uses.n)::bigint AS "shown"
    FROM uses JOIN "Memory" m ON m."workspaceId" = current_setting('app.workspace')::uuid AND m."id" = uses.id AND m."exists" AND m."lifecycle" = 'active'
      JOIN "Change" c ON c."workspaceId" = m."workspaceId" AND c."id" = m."createdBy"
    WHERE (SELECT count(*) FROM recent) >= ${ENOUGH} GROUP BY c."actor", c."origin" ORDER BY "shown" DESC`;
  const shownInAll = rows.reduce((sum, row) => sum + Number(row.shown), 0);
  const shares = rows.map((row) => ({ row, shown: Number(row.shown) / Math.max(1, shownInAll) }));
  const large = shares.filter(({ shown }) => isCrowdingOut({ shown, stored: 0 }, parameters));
  const stored = large.length === 0 ? NOTHING_STORED : await storedShares(tx);
  return large.flatMap(({ row, shown }): Anomaly[] => {
    const share = { shown, stored: stored.get(sourceOf(row)) ?? 0 };
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

type Source = Pick<SourceRow, "actor" | "origin">;

const sourceOf = ({ actor, origin }: Source): string => JSON.stringify([actor, origin]);
const NOTHING_STORED: ReadonlyMap<string, number> = new Map();

/** What part of the memories each source wrote, without those that were taken back. An index alone counts them, and the few that do not count are subtracted. */
async function storedShares(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<(Source & { readonly stored: bigint })[]>`
    SELECT w."actor", w."origin", sum(w."n")::bigint AS "stored" FROM (
      SELECT c."actor", c."origin", count(*) AS "n" FROM "Change" c
      WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."op" IN ('create', 'merge') GROUP BY 1, 2
      UNION ALL SELECT c."actor", c."origin", -count(*) FROM "ChangeStatus" s JOIN "Change" c ON c."workspaceId" = s."workspaceId" AND c."id" = s."changeId"
      WHERE s."workspaceId" = current_setting('app.workspace')::uuid AND s."state" <> 'live' AND c."op" IN ('create', 'merge') GROUP BY 1, 2
    ) w GROUP BY 1, 2`;
  const inAll = rows.reduce((sum, row) => sum + Number(row.stored), 0);
  return new Map(rows.map((row) => [sourceOf(row), Number(row.stored) / Math.max(1, inAll)]));
}

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

/** Most sources write little, so what is usual is asked only of one that wrote much within the last hour. */
async function bursts(tx: Tx, now: Millis, parameters: Parameters): Promise<Anomaly[]> {
  const day = 24 * HOUR_MS;
  const [hourAgo = seqOf(0), habitFrom = seqOf(0)] = await seqsAt(
    tx,
    [now - HOUR_MS, now - DAYS_OF_HABIT * day].map((at) => millis(at - 1)),
  );
  const rows = await tx.$queryRaw<
    { actor: string; keyName: string | null; op: "create" | "observe"; inHour: bigint; before: bigint }[]
  >`
    WITH lately AS MATERIALIZED (
      SELECT c."actor", c."op", count(*) AS "inHour" FROM "Change" c
      WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${hourAgo}
        AND c."op" IN ('create', 'observe') AND c."cause"->>'kind' <> 'import' GROUP BY c."actor", c."op" HAVING count(*) >= ${FEWEST_IN_BURST})
    SELECT l.*, coalesce((SELECT k."name" FROM "ApiKey" k WHERE l."actor" = 'key:' || k."id"::text), (SELECT p."name" FROM "Person" p WHERE l."actor" = 'person:' || p."id"::text)) AS "keyName",
      (SELECT count(*) FROM "Change" c WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${habitFrom} AND c."seq" <= ${hourAgo}
        AND c."actor" = l."actor" AND c."op" = l."op" AND c."cause"->>'kind' <> 'import') AS "before"
    FROM lately l`;
  return rows.flatMap(({ actor, keyName, op, inHour, before }): Anomaly[] => {
    const [lately, usual] = [Number(inHour), Number(before) / (DAYS_OF_HABIT * 24 - 1)];
    if (!isBurst(lately, usual, parameters)) return [];
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
