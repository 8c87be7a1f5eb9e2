import { chunks } from "./chunks";
import { sql } from "./sql";
import { tellWebhooks } from "./webhooks";
import type { Tx } from "./prisma";
import type { CycleStage, CycleState, CycleTrigger, StageRecord } from "@/lib/domain/cycle/cycle";
import type { Gate, ProposalKind, ProposalState, ProposalTarget, Risk } from "@/lib/domain/cycle/proposal";
import type { Json } from "@/lib/domain/memory/memory";
import type { Support } from "@/lib/domain/ledger/change";

/** Bookkeeping of improvement cycles. What is in force never follows from these rows, only from the ledger. */
export interface CycleRow {
  readonly id: string;
  readonly number: number;
  readonly trigger: CycleTrigger;
  readonly actor: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
  readonly state: CycleState;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly stages: readonly StageRecord[];
  readonly metrics: CycleMetrics;
  readonly cost: CycleCost;
  readonly fromSeq: bigint;
  readonly toSeq: bigint;
  readonly groupId: string;
  readonly failure: { readonly stage: CycleStage; readonly message: string } | null;
  readonly watch: readonly Watched[];
  readonly cancelled: boolean;
}

interface Estimated {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}
interface Arm {
  readonly ndcg: Estimated | null;
  readonly mrr: Estimated | null;
}
export interface CycleMetrics {
  readonly judged: number;
  readonly before: Arm;
  readonly after: Arm | null;
  readonly control: Arm;
  readonly predicted: {
    readonly ndcgDelta: number | null;
    readonly interval: readonly [number, number] | null;
    readonly queries?: readonly JudgedQuery[];
  };
}
/** nDCG@10 of a judged recall as it is and as it would be; its words stand in its own row alone, where an erasure finds them. */
export interface JudgedQuery {
  readonly id: string;
  readonly before: number;
  readonly after: number;
}
export interface CycleCost {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly modelCalls: number;
}
export interface Watched {
  readonly day: number;
  readonly predicted: number | null;
  readonly measured: number | null;
  readonly interval: readonly [number, number] | null;
  readonly judged: number;
  readonly harm: number;
  readonly at: string;
}

export interface Predicted {
  readonly affected: number;
  readonly ndcgDelta: number | null;
  readonly interval: readonly [number, number] | null;
  readonly queries: readonly {
    readonly retrievalId: string;
    readonly query: string;
    readonly ndcgBefore: number | null;
    readonly ndcgAfter: number | null;
    readonly rankBefore?: number | null;
    readonly rankAfter?: number | null;
  }[];
}

export interface ProposalRow {
  readonly id: string;
  readonly cycleId: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly risk: Risk;
  readonly subject: string;
  readonly title: string;
  readonly why: string;
  readonly targets: readonly ProposalTarget[];
  readonly before: Json;
  readonly after: Json;
  readonly payload: Json;
  readonly certainty: number;
  readonly uses: number;
  readonly gate: Gate;
  readonly support: Support | null;
  readonly predicted: Predicted;
  readonly measured: Json;
  readonly changeIds: readonly string[];
  readonly expiresAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly createdAt: Date;
}

const CYCLE_COLUMNS = sql`"id", "number", "trigger", "actor", "reason", "dryRun", "state", "startedAt", "finishedAt", "stages", "metrics", "cost", "fromSeq", "toSeq", "groupId", "failure", "watch", "cancelled"`;

export async function cycleRows(tx: Tx, where = sql`true`, rest = sql``): Promise<CycleRow[]> {
  return tx.$queryRaw<
    CycleRow[]
  >`SELECT ${CYCLE_COLUMNS} FROM "Cycle" y WHERE "workspaceId" = current_setting('app.workspace')::uuid AND ${where} ORDER BY "number" DESC ${rest}`;
}

export interface NewCycle {
  readonly id: string;
  readonly trigger: CycleTrigger;
  readonly actor: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
  readonly startedAt: Date;
  readonly stages: readonly StageRecord[];
  readonly groupId: string;
}

const NO_ARM: Arm = { ndcg: null, mrr: null };
export const NO_METRICS: CycleMetrics = {
  judged: 0,
  before: NO_ARM,
  after: null,
  control: NO_ARM,
  predicted: { ndcgDelta: null, interval: null },
};
export const NO_COST: CycleCost = { milliseconds: 0, cpuMilliseconds: 0, modelCalls: 0 };

/** `fromSeq` is where the newest cycle that went through had looked up to; dry ones saw, and did nothing about it. */
export async function insertCycle(tx: Tx, c: NewCycle): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Cycle" ("workspaceId", "id", "number", "trigger", "actor", "reason", "dryRun", "state", "startedAt", "stages", "metrics", "cost", "fromSeq", "toSeq", "groupId", "watch")
    SELECT w."id", ${c.id}::uuid, (SELECT coalesce(max("number"), 0) + 1 FROM "Cycle" WHERE "workspaceId" = w."id"), ${c.trigger}, ${c.actor}, ${c.reason}, ${c.dryRun}, 'running', ${c.startedAt},
      ${json(c.stages)}::jsonb, ${json(NO_METRICS)}::jsonb, ${json(NO_COST)}::jsonb,
      (SELECT coalesce(max("toSeq"), 0) FROM "Cycle" WHERE "workspaceId" = w."id" AND NOT "dryRun" AND "state" NOT IN ('failed', 'running', 'cancelled')), w."headSeq", ${c.groupId}::uuid, '[]'::jsonb
    FROM "Workspace" w WHERE w."id" = current_setting('app.workspace')::uuid`;
  await tellWebhooks(tx, {
    event: "cycle.running",
    data: { cycleId: c.id, state: "running", trigger: c.trigger, dryRun: c.dryRun },
  });
}

export type CyclePatch = Partial<
  Pick<
    CycleRow,
    "state" | "finishedAt" | "stages" | "metrics" | "cost" | "failure" | "watch" | "cancelled" | "toSeq"
  >
>;

/** Sets what is given and leaves the rest as it is. */
export async function updateCycle(tx: Tx, id: string, p: CyclePatch): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Cycle" SET
      "state" = coalesce(${p.state ?? null}, "state"), "finishedAt" = coalesce(${p.finishedAt ?? null}::timestamptz, "finishedAt"),
      "stages" = coalesce(${orNull(p.stages)}::jsonb, "stages"), "metrics" = coalesce(${orNull(p.metrics)}::jsonb, "metrics"),
      "cost" = coalesce(${orNull(p.cost)}::jsonb, "cost"), "failure" = coalesce(${orNull(p.failure)}::jsonb, "failure"),
      "watch" = coalesce(${orNull(p.watch)}::jsonb, "watch"), "cancelled" = coalesce(${p.cancelled ?? null}, "cancelled"), "toSeq" = coalesce(${p.toSeq ?? null}::bigint, "toSeq")
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${id}::uuid`;
  if (p.state !== undefined)
    await tellWebhooks(tx, { event: `cycle.${p.state}`, data: { cycleId: id, state: p.state } });
}

const json = (value: unknown): string => JSON.stringify(value);
const orNull = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

const PROPOSAL_COLUMNS = sql`p."id", p."cycleId", p."kind", p."risk", p."subject", p."title", p."why", p."targets", p."targetIds", p."before", p."after", p."payload", p."certainty", p."uses", p."gate", p."support", p."predicted", p."measured", p."changeIds", p."expiresAt", p."decidedBy", p."decidedAt", p."decisionReason", p."createdAt"`;

const PROPOSAL_STATE_NOW = sql`CASE WHEN p."state" = 'applied' AND NOT EXISTS (
  SELECT 1 FROM unnest(p."changeIds") AS made(id) LEFT JOIN "ChangeStatus" s ON s."workspaceId" = p."workspaceId" AND s."changeId" = made.id AND s."state" = 'reverted'
  WHERE s."changeId" IS NULL) THEN 'reverted' ELSE p."state" END`;

/** Proposals with what has become of them by the ledger: one whose changes were all taken back is reverted. `stored` is what was written down, and has an index. */
export async function proposalRows(tx: Tx, where = sql`true`, rest = sql``): Promise<ProposalRow[]> {
  return tx.$queryRaw<ProposalRow[]>`
    SELECT * FROM (
      SELECT ${PROPOSAL_COLUMNS},
        ${PROPOSAL_STATE_NOW} AS "state", p."state" AS "stored"
      FROM "Proposal" p WHERE p."workspaceId" = current_setting('app.workspace')::uuid) p
    WHERE ${where} ${rest}`;
}

export interface ProposalTally {
  readonly cycleId: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly count: number;
}

/** How many proposals of each kind and state these cycles have. */
export const proposalTallies = (
  tx: Tx,
  cycleIds: readonly string[],
): Promise<ProposalTally[]> => tx.$queryRaw<ProposalTally[]>`
  SELECT t."cycleId", t."kind", t."state", count(*)::int AS "count" FROM (
    SELECT p."cycleId", p."kind", ${PROPOSAL_STATE_NOW} AS "state" FROM "Proposal" p WHERE p."workspaceId" = current_setting('app.workspace')::uuid AND p."cycleId" = ANY(${[...cycleIds]}::uuid[])) t
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

export type NewProposal = Omit<
  ProposalRow,
  "changeIds" | "decidedBy" | "decidedAt" | "decisionReason" | "measured"
>;

export async function insertProposals(tx: Tx, proposals: readonly NewProposal[]): Promise<void> {
  for (const part of chunks(proposals)) {
    const rows = part.map((p) => ({ ...p, targetIds: p.targets.map((t) => t.id) }));
    await tx.$executeRaw`
      INSERT INTO "Proposal" ("workspaceId", "id", "cycleId", "kind", "state", "risk", "subject", "title", "why", "targets", "targetIds", "before", "after", "payload", "certainty", "uses", "gate", "support", "predicted", "changeIds", "expiresAt", "createdAt")
      SELECT current_setting('app.workspace')::uuid, r."id", r."cycleId", r."kind", r."state", r."risk", r."subject", r."title", r."why", r."targets", r."targetIds",
        coalesce(r."before", 'null'), coalesce(r."after", 'null'), r."payload", r."certainty", r."uses", r."gate", nullif(r."support", 'null'), r."predicted", '{}', r."expiresAt", r."createdAt"
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS r("id" uuid, "cycleId" uuid, "kind" text, "state" text, "risk" text, "subject" text, "title" text, "why" text, "targets" jsonb, "targetIds" text[],
        "before" jsonb, "after" jsonb, "payload" jsonb, "certainty" float8, "uses" int, "gate" jsonb, "support" jsonb, "predicted" jsonb, "expiresAt" timestamptz, "createdAt" timestamptz)`;
  }
  const waiting = proposals.filter((p) => p.state === "waiting");
  // Titles quote texts, which a message to elsewhere does not.
  for (const { id, cycleId, kind, risk, expiresAt } of waiting)
    await tellWebhooks(tx, {
      event: "proposal.waiting",
      data: { proposalId: id, cycleId, kind, risk, expiresAt: expiresAt.toISOString() },
    });
}

export interface Settled {
  readonly id: string;
  readonly state: ProposalState;
  readonly changeIds?: readonly string[];
  readonly payload?: Json;
  readonly by: string | null;
  readonly at: Date;
  readonly reason: string | null;
}

/** Writes down what became of proposals, in the transaction that made it so. */
export async function settleProposals(tx: Tx, settled: readonly Settled[]): Promise<void> {
  for (const part of chunks(settled)) {
    await tx.$executeRaw`
      UPDATE "Proposal" p SET "state" = r."state", "changeIds" = coalesce(r."changeIds", p."changeIds"), "payload" = coalesce(r."payload", p."payload"),
        "decidedBy" = r."by", "decidedAt" = r."at", "decisionReason" = r."reason"
      FROM jsonb_to_recordset(${json(part)}::jsonb) AS r("id" uuid, "state" text, "changeIds" uuid[], "payload" jsonb, "by" text, "at" timestamptz, "reason" text)
      WHERE p."workspaceId" = current_setting('app.workspace')::uuid AND p."id" = r."id"`;
  }
}

/** What was measured of applied proposals, days later. */
export async function measureProposals(
  tx: Tx,
  measured: readonly { readonly id: string; readonly measured: object }[],
): Promise<void> {
  if (measured.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Proposal" p SET "measured" = r."measured" FROM jsonb_to_recordset(${json(measured)}::jsonb) AS r("id" uuid, "measured" jsonb)
    WHERE p."workspaceId" = current_setting('app.workspace')::uuid AND p."id" = r."id"`;
}

export const VERDICTS = ["approved", "declined", "never"] as const;
/** Of a decline, `id` is the id of its change: taken back there, it is no longer remembered here. */
export interface DecisionRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: ProposalKind;
  readonly subject: string;
  readonly verdict: (typeof VERDICTS)[number];
  readonly proposalId: string;
  readonly certainty: number;
  readonly actor: string;
}

export async function insertDecisions(tx: Tx, decisions: readonly DecisionRow[]): Promise<void> {
  if (decisions.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "Decision" ("workspaceId", "id", "at", "kind", "subject", "verdict", "proposalId", "certainty", "actor")
    SELECT current_setting('app.workspace')::uuid, r.* FROM jsonb_to_recordset(${json(decisions)}::jsonb)
      AS r("id" uuid, "at" timestamptz, "kind" text, "subject" text, "verdict" text, "proposalId" uuid, "certainty" float8, "actor" text)`;
}

/** What nobody is to be asked now: waiting already, declined after `since`, applied and taken back after it, or never to be asked again. */
export async function settledSubjects(tx: Tx, since: Date): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ subject: string }[]>`
    SELECT "subject" FROM "Decision" d WHERE "workspaceId" = current_setting('app.workspace')::uuid AND ("verdict" = 'never' OR ("verdict" = 'declined' AND "at" > ${since}))
      AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = d."workspaceId" AND s."changeId" = d."id" AND s."state" <> 'live')
    UNION SELECT "subject" FROM "Proposal" WHERE "workspaceId" = current_setting('app.workspace')::uuid 
      AND EXISTS (SELECT 1 FROM "Cycle" y WHERE y."workspaceId" = "Proposal"."workspaceId" AND y."id" = "Proposal"."cycleId" AND NOT y."dryRun")
      AND ("state" = 'waiting' OR ("state" = 'applied' AND "createdAt" > ${since} AND EXISTS (
      SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = "Proposal"."workspaceId" AND s."changeId" = ANY("Proposal"."changeIds") AND s."state" = 'reverted')))`;
  return new Set(rows.map((row) => row.subject));
}
