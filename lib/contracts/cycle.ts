import { z } from "zod";
import { cursor, id, limit, page, probability, reason, text, timeOut } from "./common";
import { blastRadius, change, effect } from "./change";
import { estimate } from "./metrics";
import { CYCLE_STAGES, CYCLE_STATES, CYCLE_TRIGGERS, STAGE_STATES } from "@/lib/domain/cycle/cycle";
import { PROPOSAL_KINDS, PROPOSAL_STATES, RISKS } from "@/lib/domain/cycle/proposal";

const proposalKind = z.enum(PROPOSAL_KINDS);
const proposalState = z.enum(PROPOSAL_STATES);

export const gate = z.object({
  passed: z.boolean(),
  figures: z.array(
    z.object({ name: z.string(), value: z.number(), threshold: z.number(), passed: z.boolean() }),
  ),
});

const movedQuery = z.object({
  retrievalId: id,
  query: z.string(),
  ndcgBefore: z.number().nullable().describe("null: nobody judged this recall"),
  ndcgAfter: z.number().nullable(),
  rankBefore: z
    .number()
    .int()
    .nullable()
    .describe("best place of its memories, from 1; null: not in the list"),
  rankAfter: z.number().int().nullable().describe("the same afterwards, a merge's result for its sources"),
});

export const proposal = z.object({
  id,
  cycleId: id,
  kind: proposalKind,
  state: proposalState.describe(
    "`rejected`: its gate failed; `failed`: its targets had moved when it was to be applied; `expired`: nobody decided in time",
  ),
  risk: z.enum(RISKS).describe("low applies itself, high waits for a person"),
  title: z.string(),
  why: z.string().describe("in plain words"),
  targets: z.array(z.object({ type: z.enum(["memory", "relation", "parameter"]), id, label: z.string() })),
  before: z.json().describe("text or value as it was when proposed; null where there is none"),
  after: z.json(),
  payload: z.json(),
  certainty: probability.describe(
    "how sure the cycle is that a person would agree, with what was decided about others of its kind",
  ),
  uses: z.number().int().describe("how often its targets had been shown"),
  gate,
  support: z
    .object({ terms: z.number().int(), threshold: z.number().nullable() })
    .describe("observations the decision rests on; see the change's own support once it is applied"),
  predicted: z.object({
    affected: z
      .number()
      .int()
      .describe("recent logged recalls that would show another list because of it alone"),
    ndcgDelta: z.number().nullable().describe("mean over the judged ones among them"),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    queries: z.array(movedQuery).describe("10 of them, the largest losses first"),
  }),
  measured: z
    .object({
      day: z.number().int(),
      ndcgDelta: z.number(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      at: timeOut,
    })
    .nullable(),
  changeIds: z
    .array(id)
    .describe("what it was applied as, or the change that declined it; empty before that"),
  groupId: id.nullable(),
  expiresAt: timeOut,
  decidedBy: z.string().nullable(),
  decidedAt: timeOut.nullable(),
  decisionReason: z.string().nullable(),
  createdAt: timeOut,
});

const stage = z.object({
  stage: z.enum(CYCLE_STAGES),
  state: z.enum(STAGE_STATES),
  counts: z.record(z.string(), z.number()),
  tookMs: z.number().nullable(),
  error: z.string().optional(),
});

const arm = z.object({ ndcg: estimate.nullable(), mrr: estimate.nullable() });
const kindCount = z.object({ kind: proposalKind, state: proposalState, count: z.number().int() });

const cycleHead = {
  id,
  number: z.number().int().describe("from 1, per workspace: «cycle 14»"),
  trigger: z.enum(CYCLE_TRIGGERS),
  actor: z.string(),
  reason: z.string().nullable(),
  dryRun: z.boolean(),
  state: z.enum(CYCLE_STATES).describe("a dry run that is through is `cancelled`: nothing of it is in force"),
  startedAt: timeOut,
  finishedAt: timeOut
    .nullable()
    .describe("when its stages were through; waiting proposals may still be decided"),
  stages: z.array(stage),
  counts: z.array(kindCount).describe("its proposals by kind and state"),
  waiting: z.number().int().describe("proposals that wait for a person"),
  metrics: z.object({
    judged: z.number().int(),
    before: arm.describe("judged recalls before the cycle, as they were shown"),
    after: arm.nullable().describe("judged recalls since it was applied; null before there are any"),
    control: arm.describe(
      "the frozen control arm: the recalls of `before` without anything learned from outcomes",
    ),
    predicted: z.object({
      ndcgDelta: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
    }),
  }),
  cost: z.object({ milliseconds: z.number(), cpuMilliseconds: z.number(), modelCalls: z.number().int() }),
  fromSeq: z.number().int().describe("the ledger's head that the cycle before had seen"),
  toSeq: z.number().int().describe("the head that this one has seen"),
  groupId: id.nullable().describe("the one group of all its changes; null while there are none"),
  failure: z.object({ stage: z.enum(CYCLE_STAGES), message: z.string() }).nullable(),
  watch: z.array(
    z.object({
      day: z.number().int(),
      predicted: z.number().nullable(),
      measured: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      judged: z.number().int(),
      harm: z.number().describe("evidence of harm: rolled back by itself at `cycle.harm.threshold`"),
      at: timeOut,
    }),
  ),
};

export const cycleSummary = z.object(cycleHead);
export const cycle = z.object({
  ...cycleHead,
  movedQueries: z
    .array(z.object({ retrievalId: id, query: z.string(), ndcgBefore: z.number(), ndcgAfter: z.number() }))
    .describe("judged recalls that all of its proposals together would move, the largest losses first"),
  proposals: z.array(proposal).describe("high risk first, then low certainty times high use"),
});
export type CycleOut = z.infer<typeof cycle>;
export type ProposalOut = z.infer<typeof proposal>;

export const runCycle = z.strictObject({
  dryRun: z.boolean().optional().describe("propose and test, but apply nothing"),
  reason: reason.optional(),
});
export const cycleRun = z.object({ cycle, dryRun: z.boolean() });
export const listCycles = z.strictObject({
  state: z.enum(CYCLE_STATES).optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const listedCycles = page(cycleSummary).extend({
  timer: z.object({
    on: z.boolean(),
    intervalMinutes: z.number(),
    nextAt: timeOut.nullable().describe("null while there is nothing new, or the timer is off"),
  }),
});
export const gotCycle = z.object({ cycle });
/** Nothing to say but why; an empty body is `{}`. */
export const cancelCycle = z.strictObject({ reason: reason.optional() });
export const cancelledCycle = z.object({ cycle, changed: z.boolean() });

const ids = z.array(id).max(1000);
export const decideProposals = z
  .strictObject({
    approve: ids.optional(),
    decline: ids.optional(),
    never: ids.optional().describe("declined, and never asked about these targets again"),
    edits: z
      .record(
        z.string(),
        z.strictObject({
          content: text.optional().describe("another text for a merge's result"),
          sources: z
            .array(id)
            .min(2)
            .optional()
            .describe(
              "those of a merge's sources that are merged; what is left out is not proposed for it again, as if that had been declined",
            ),
        }),
      )
      .optional()
      .describe("by proposal id"),
    reason: reason.optional(),
    reasons: z
      .record(z.string(), reason)
      .optional()
      .describe("by proposal id: why, instead of `reason`; kept with the decision and with what it wrote"),
    dryRun: z
      .boolean()
      .optional()
      .describe("effects and blast radius of what would be approved, by the act itself, thrown away"),
  })
  .refine(
    (v) => (v.approve?.length ?? 0) + (v.decline?.length ?? 0) + (v.never?.length ?? 0) > 0,
    "name at least one proposal under `approve`, `decline` or `never`",
  );
export const decidedProposals = z.object({
  dryRun: z.boolean(),
  cycle,
  groupId: id.nullable(),
  approved: z.array(id),
  declined: z.array(id),
  failed: z
    .array(z.object({ proposalId: id, message: z.string() }))
    .describe("approved, but their targets had moved meanwhile"),
  effects: z.array(effect).describe("the first 500"),
  effectCount: z.number().int(),
  suspended: z.array(id),
  resumed: z.array(id),
  unsupported: z.array(id),
  blastRadius,
  changes: z.array(change).describe("at most 200"),
});
export const listProposals = z.strictObject({
  state: proposalState.optional(),
  kind: proposalKind.optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const listedProposals = page(proposal.extend({ cycleNumber: z.number().int() }));
