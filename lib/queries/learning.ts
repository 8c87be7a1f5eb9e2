import { annotations } from "./annotations";
import { baseline } from "@/lib/domain/learning/baseline";
import { dayRange, type DayRange } from "./day-range";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { outcomeTallies } from "@/lib/store/telemetry";
import { parametersIn } from "./parameters";
import type { Asker, InputOf } from "./asker";
import type { learning as shape, range } from "@/lib/contracts/metrics";

export type Learning = InputOf<typeof shape>;
type Day = Learning["days"][number];

/** The pulse of the loop: recalls, signals, credited observations, moved memories, changed rankings, per day, and where it stops. */
export async function learning(ctx: Asker, asked: InputOf<typeof range>): Promise<Learning> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const span = await dayRange(tx, ctx, asked);
    const days = await daysOf(tx, span);
    return {
      days,
      alarms: alarms(days),
      baseline: await expectedNow(tx),
      annotations: await annotations(tx, span),
    };
  });
}

async function daysOf(tx: Tx, range: DayRange): Promise<Day[]> {
  const [retrievals, signals, credits] = [
    await retrievalsPerDay(tx, range),
    await signalsPerDay(tx, range),
    await creditsPerDay(tx, range),
  ];
  return range.days.map((day) => ({
    day,
    retrievals: Number(retrievals.get(day)?.count ?? 0),
    signals: Number(signals.get(day)?.count ?? 0),
    credited: Number(credits.get(day)?.credited ?? 0),
    moved: Number(credits.get(day)?.moved ?? 0),
    ranksChanged: Number(signals.get(day)?.ranksChanged ?? 0),
    meanOutcome: signals.get(day)?.meanOutcome ?? null,
  }));
}

async function retrievalsPerDay(tx: Tx, { from, to }: DayRange) {
  const rows = await tx.$queryRaw<{ day: string; count: bigint }[]>`
    SELECT to_char(("at" AT TIME ZONE 'UTC')::date, 'YYYY-MM-DD') AS "day", count(*) AS "count" FROM "Retrieval"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "at" >= ${new Date(from)} AND "at" <= ${new Date(to)}
    GROUP BY ("at" AT TIME ZONE 'UTC')::date`;
  return new Map(rows.map((row) => [row.day, row]));
}

async function signalsPerDay(tx: Tx, { from, to }: DayRange) {
  const rows = await tx.$queryRaw<
    { day: string; count: bigint; ranksChanged: bigint; meanOutcome: number | null }[]
  >`
    SELECT to_char(("recordedAt" AT TIME ZONE 'UTC')::date, 'YYYY-MM-DD') AS "day", count(*) AS "count", avg("outcome") AS "meanOutcome",
      count(*) FILTER (WHERE "ranksChanged") AS "ranksChanged"
    FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "recordedAt" >= ${new Date(from)} AND "recordedAt" <= ${new Date(to)}
    GROUP BY ("recordedAt" AT TIME ZONE 'UTC')::date`;
  return new Map(rows.map((row) => [row.day, row]));
}

/** Observations that signals caused, and how many different targets they wrote to; also those that were taken back since. */
async function creditsPerDay(tx: Tx, { after, upTo }: DayRange) {
  const rows = await tx.$queryRaw<{ day: string; credited: bigint; moved: bigint }[]>`
    SELECT to_char((c."at" AT TIME ZONE 'UTC')::date, 'YYYY-MM-DD') AS "day", count(*) AS "credited", count(DISTINCT c."targetId") AS "moved" FROM "Change" c
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${after} AND c."seq" <= ${upTo}
      AND c."op" = 'observe' AND c."cause"->>'kind' = 'signal'
    GROUP BY (c."at" AT TIME ZONE 'UTC')::date`;
  return new Map(rows.map((row) => [row.day, row]));
}

/** Fewer recalls or signals than this may be chance; the loop is called stuck only beyond it. */
const ENOUGH = 10;
const STAGES = [
  {
    stage: "signals",
    before: "retrievals",
    message:
      "Memories are recalled, but nobody reports what came of it. Report outcomes, or nothing can be learned.",
  },
  {
    stage: "credited",
    before: "signals",
    message:
      "Outcomes are reported, but no memory is credited. They may name no retrieval, or only repeat what was expected.",
  },
  { stage: "moved", before: "credited", message: "Memories are credited, but none moves." },
  {
    stage: "ranksChanged",
    before: "signals",
    message:
      "Memories are credited, but no ranking changes. The weight of usefulness may be too low to matter.",
  },
] as const;

/** A stage that stays flat over the range while the one before it does not. Only the first is told: what follows it is flat because of it. */
function alarms(days: readonly Day[]): Learning["alarms"] {
  const total = (key: (typeof STAGES)[number]["stage"] | "retrievals") =>
    days.reduce((sum, day) => sum + day[key], 0);
  const stuck = STAGES.find(({ stage, before }) => total(stage) === 0 && total(before) >= ENOUGH);
  return stuck === undefined ? [] : [{ stage: stuck.stage, message: stuck.message }];
}

/** Of a kind of query that nobody has judged yet: what the workspace as a whole leads to expect. */
async function expectedNow(tx: Tx): Promise<number> {
  const { workspace } = await outcomeTallies(tx, "");
  return baseline({ count: 0, sum: 0 }, workspace, await parametersIn(tx));
}
