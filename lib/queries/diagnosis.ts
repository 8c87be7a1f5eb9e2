import { labelsOf } from "./labels";
import {
  causeOf,
  FAILURE_CAUSES,
  type FailedOutcome,
  type FailureCause,
} from "@/lib/domain/learning/diagnosis";
import { dayRange, type DayRange } from "./day-range";
import { groupBy } from "@/lib/domain/group-by";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { iso } from "./memory-out";
import { parametersIn } from "./parameters";
import { shareOf } from "@/lib/domain/learning/comparison";
import { stillCounts } from "./live-signals";
import type { Asker, InputOf } from "./asker";
import type { diagnosis as shape, range } from "@/lib/contracts/metrics";

export type Diagnosis = InputOf<typeof shape>;

/** Judged recalls that are read, newest first, and failures that are listed one by one. */
const MOST = 20_000;
const LISTED = 100;
/** Below the middle of the scale, an outcome failed. */
const FAILED_BELOW = 0.5;
/** What stands further down was hardly read, so a doubt about it explains little. */
const READ = 3;

/** Memory or model: every failed outcome of the range, sorted by what the log shows, and no further than it shows. */
export async function diagnosis(ctx: Asker, asked: InputOf<typeof range>): Promise<Diagnosis> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const span = await dayRange(tx, ctx, asked);
    const parameters = await parametersIn(tx);
    const outcomes = await judgedOutcomes(tx, span);
    const failed = outcomes.filter((o) => o.outcome < FAILED_BELOW);
    const known = await knownOf(tx, failed);
    const sorted = failed.map((outcome) => {
      const facts = factsOf(outcome, known);
      return { outcome, facts, cause: causeOf(facts, parameters) };
    });
    const byDay = groupBy(sorted, ({ outcome }) => outcome.day);
    return {
      outcomes: outcomes.length,
      failed: failed.length,
      causes: FAILURE_CAUSES.map((cause) => ({
        cause,
        count: countOf(sorted, cause),
        share: shareOf(countOf(sorted, cause), failed.length),
      })),
      days: span.days.map((day) => ({ day, ...countsOf(byDay.get(day) ?? []) })),
      failures: await present(tx, sorted.slice(0, LISTED)),
    };
  });
}

interface Outcome {
  readonly signalId: string;
  readonly retrievalId: string;
  readonly day: string;
  readonly at: Date;
  readonly outcome: number;
  readonly query: string;
  readonly queryKey: string;
  readonly shown: readonly string[];
  readonly answerability: number | null;
  readonly verdicts: readonly { readonly memoryId: string; readonly verdict: unknown }[] | null;
  readonly used: readonly string[] | null;
}

const judgedOutcomes = (tx: Tx, { from, to }: DayRange): Promise<Outcome[]> => tx.$queryRaw<Outcome[]>`
  SELECT g."id" AS "signalId", r."id" AS "retrievalId", to_char((g."recordedAt" AT TIME ZONE 'UTC')::date, 'YYYY-MM-DD') AS "day", g."recordedAt" AS "at", g."outcome",
    r."query", r."queryKey", r."shown", r."answerability", g."raw"->'memories' AS "verdicts", g."raw"->'used' AS "used"
  FROM "Signal" g JOIN "Retrieval" r ON r."workspaceId" = g."workspaceId" AND r."id" = g."retrievalId"
  WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."recordedAt" >= ${new Date(from)} AND g."recordedAt" <= ${new Date(to)}
    AND g."outcome" IS NOT NULL AND ${stillCounts}
  ORDER BY g."recordedAt" DESC, g."id" DESC LIMIT ${MOST}`;

/** What the store knows beside the failed outcomes themselves. */
interface Known {
  /** Memories that helped with a kind of question, by its key. */
  readonly helped: ReadonlyMap<string, readonly { readonly id: string; readonly since: Date }[]>;
  /** Shown memories that are contested, superseded, or no longer valid. */
  readonly doubted: ReadonlySet<string>;
}

async function knownOf(tx: Tx, failed: readonly Outcome[]): Promise<Known> {
  const keys = [...new Set(failed.map((o) => o.queryKey))];
  const rows = await tx.$queryRaw<{ queryKey: string; id: string; since: Date }[]>`
    SELECT DISTINCT c."payload"->>'queryKey' AS "queryKey", m."id", m."createdAt" AS "since" FROM "Change" c
    JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId" AND m."exists" AND m."lifecycle" = 'active' AND m."mergedInto" IS NULL
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."op" = 'observe' AND c."payload"->>'queryKey' = ANY(${keys}::text[])
      AND (c."payload"->'weight'->>0)::bigint >= ${STRONG}
      AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')`;
  const shown = [...new Set(failed.flatMap((o) => o.shown.slice(0, READ)))];
  const doubted = await tx.$queryRaw<{ id: string }[]>`
    SELECT m."id" FROM "Memory" m WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."id" = ANY(${shown}::uuid[])
      AND (m."supersededBy" IS NOT NULL OR m."contestedWith" <> '{}' OR m."invalidAt" <= now() OR m."quarantined")`;
  return { helped: groupBy(rows, (row) => row.queryKey), doubted: new Set(doubted.map((row) => row.id)) };
}

/** Half an observation in millionths: less is what a memory gets for standing beside the one that helped. */
const STRONG = 500_000;
const BAD: ReadonlySet<unknown> = new Set(["outdated", "harmful", false, -1]);
const GOOD: ReadonlySet<unknown> = new Set(["helpful", true, 1]);

function factsOf(outcome: Outcome, { helped, doubted }: Known): FailedOutcome {
  const verdicts = outcome.verdicts ?? [];
  const saidOf = (kind: ReadonlySet<unknown>) =>
    verdicts.filter((v) => kind.has(v.verdict)).map((v) => v.memoryId);
  const shown = new Set(outcome.shown);
  const forKind = helped.get(outcome.queryKey) ?? [];
  const bad = saidOf(BAD);
  const useful = [
    ...saidOf(GOOD),
    ...(outcome.used ?? []),
    ...forKind.filter((m) => shown.has(m.id)).map((m) => m.id),
  ];
  return {
    doubtful: [...new Set([...bad, ...outcome.shown.slice(0, READ).filter((id) => doubted.has(id))])],
    missed: forKind.filter((m) => !shown.has(m.id) && m.since < outcome.at).map((m) => m.id),
    useful: [...new Set(useful)].filter((id) => !bad.includes(id)),
    answerability: outcome.answerability,
  };
}

interface Sorted {
  readonly outcome: Outcome;
  readonly facts: FailedOutcome;
  readonly cause: FailureCause;
}

const countOf = (sorted: readonly Sorted[], cause: FailureCause): number =>
  sorted.filter((s) => s.cause === cause).length;

function countsOf(sorted: readonly Sorted[]): Record<FailureCause, number> {
  // Every cause is mapped.
  return Object.fromEntries(FAILURE_CAUSES.map((cause) => [cause, countOf(sorted, cause)])) as Record<
    FailureCause,
    number
  >;
}

async function present(tx: Tx, sorted: readonly Sorted[]): Promise<Diagnosis["failures"]> {
  const labels = await labelsOf(tx, sorted.flatMap(restsOn));
  return sorted.map(({ outcome: { signalId, retrievalId, at, query, outcome }, ...rest }) => ({
    cause: rest.cause,
    signalId,
    retrievalId,
    at: iso(at.getTime()),
    query,
    outcome,
    memories: restsOn(rest).map((memoryId) => ({ memoryId, label: labels.get(memoryId) ?? "" })),
  }));
}

function restsOn({ facts, cause }: Pick<Sorted, "facts" | "cause">): readonly string[] {
  switch (cause) {
    case "stale":
      return facts.doubtful;
    case "notRecalled":
      return facts.missed;
    case "model":
      return facts.useful;
    case "notStored":
    case "unknown":
      return [];
  }
}
