import { activePerDay, flowPerDay } from "./flow";
import { annotations } from "./annotations";
import { confidenceDays, histogram, quantile, sizeOf, type Distribution } from "./confidence-days";
import { dayRange, type DayRange } from "./day-range";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { leftToEmbed } from "@/lib/search/live-index";
import { needsYou } from "./needs-you";
import { presentChanges } from "./change-out";
import { constantSql, sql } from "@/lib/store/sql";
import type { Asker, InputOf } from "./asker";
import type { overview as shape, range } from "@/lib/contracts/metrics";

export type Overview = InputOf<typeof shape>;

const LATEST = 10;
const everyChange = (alias: string) =>
  sql`${constantSql(alias)}."workspaceId" = current_setting('app.workspace')::uuid`;

/** Whether the memory is healthy, and what needs a person. Stores nothing; everything is counted when it is asked for. */
export async function overview(ctx: Asker, asked: InputOf<typeof range>): Promise<Overview> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const days = await dayRange(tx, ctx, asked);
    const counts = await countsOf(tx);
    const distributions = await confidenceDays(tx, days);
    const [before = NONE, now = NONE] = [days.days[0], days.days.at(-1)].map((day) =>
      distributions.get(day ?? ""),
    );
    return {
      counts,
      medianConfidence: quantile(now, 0.5),
      usefulness: await usefulness(tx, days),
      needsYou: await needsYou(tx, {
        quarantined: counts.quarantined,
        now: ctx.now(),
        embedding: await leftToEmbed(ctx.workspaceId),
      }),
      confidenceBand: bandOf(distributions),
      histogram: histogram(now, before),
      flow: await flowPerDay(tx, days),
      activePerDay: await activePerDay(tx, days, distributions),
      annotations: await annotations(tx, days),
      latest: await presentChanges(tx, { groupsWhere: everyChange, limit: LATEST }),
      empty: counts.changes === 0,
    };
  });
}

const NONE: Distribution = new Map();

/** Days on which there was no memory yet have no band. */
function bandOf(distributions: ReadonlyMap<string, Distribution>): Overview["confidenceBand"] {
  return [...distributions].flatMap(([day, distribution]) => {
    const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => quantile(distribution, share));
    if (typeof p10 !== "number" || typeof p50 !== "number" || typeof p90 !== "number") return [];
    return [{ day, p10, p50, p90, memories: sizeOf(distribution) }];
  });
}

// Each of these conditions is one that an index answers, most of them from the index alone: a memory's row is wide.
const LISTED = sql`m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased" AND m."mergedInto" IS NULL`;
const MERGED = sql`m."workspaceId" = current_setting('app.workspace')::uuid AND m."mergedInto" IS NOT NULL AND m."exists" AND NOT m."erased"`;
const MARKED = sql`(m."quarantined" OR m."supersededBy" IS NOT NULL)`;

async function countsOf(tx: Tx): Promise<Overview["counts"]> {
  const [row] = await tx.$queryRaw<Record<keyof Overview["counts"], bigint>[]>`
    SELECT listed.*, marked.*, (SELECT "headSeq" FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid) AS "changes",
      (SELECT count(*) FROM "Memory" m WHERE ${MERGED}) AS "merged",
      (SELECT count(*) FROM "Memory" m WHERE ${LISTED} AND m."lifecycle" = 'active' AND m."id" IN (
        SELECT m."id" FROM "Memory" m WHERE ${LISTED} AND m."contestedWith" <> '{}'
        UNION SELECT unnest(o."contestedWith") FROM "Memory" o
          WHERE o."workspaceId" = current_setting('app.workspace')::uuid AND o."exists" AND o."contestedWith" <> '{}')) AS "contested",
      (SELECT count(*) FROM "ChangeStatus" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "state" = 'reverted') AS "reverted",
      (SELECT count(*) FROM "Retrieval" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "retrievals",
      (SELECT count(*) FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "signals"
    FROM (
      SELECT count(*) FILTER (WHERE m."lifecycle" = 'active') AS "active", count(*) FILTER (WHERE m."lifecycle" = 'archived') AS "archived",
        count(*) FILTER (WHERE m."lifecycle" = 'deleted') AS "deleted" FROM "Memory" m WHERE ${LISTED}
    ) listed, (
      SELECT count(*) FILTER (WHERE m."supersededBy" IS NOT NULL) AS "superseded", count(*) FILTER (WHERE m."quarantined") AS "quarantined"
      FROM "Memory" m WHERE ${LISTED} AND m."lifecycle" = 'active' AND ${MARKED}
    ) marked`;
  const of = (key: keyof Overview["counts"]) => Number(row?.[key] ?? 0);
  return {
    active: of("active"),
    archived: of("archived"),
    deleted: of("deleted"),
    merged: of("merged"),
    superseded: of("superseded"),
    quarantined: of("quarantined"),
    contested: of("contested"),
    changes: of("changes"),
    reverted: of("reverted"),
    retrievals: of("retrievals"),
    signals: of("signals"),
  };
}

async function usefulness(tx: Tx, { from, to }: DayRange): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ mean: number | null }[]>`
    SELECT avg("outcome") AS "mean" FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid
      AND "recordedAt" >= ${new Date(from)} AND "recordedAt" <= ${new Date(to)} AND "outcome" IS NOT NULL`;
  return row?.mean ?? null;
}
