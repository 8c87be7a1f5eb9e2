import { z } from "zod";
import { id, probability, timeIn, timeOut } from "./common";
import { change, select } from "./change";
import { FAILURE_CAUSES } from "@/lib/domain/learning/diagnosis";

export const range = z.strictObject({
  from: timeIn.optional(),
  to: timeIn.optional().describe("default: the last 30 days"),
});

const day = z.iso.date();
const annotation = z.object({
  at: timeOut,
  kind: z.enum(["merge", "revert", "tune", "import", "cycle"]),
  label: z.string(),
  groupId: id,
});

export const needsYou = z.object({
  kind: z.enum([
    "contested",
    "unsupported",
    "outdated",
    "lowConfidenceOftenUsed",
    "quarantined",
    "harmful",
    "anomaly",
    "embedding",
    "cycleWaiting",
    "cycleFailed",
  ]),
  title: z.string(),
  detail: z.string(),
  href: z.string(),
  count: z.number().int(),
});

export const overview = z.object({
  counts: z.object({
    active: z.number().int(),
    archived: z.number().int(),
    deleted: z.number().int(),
    merged: z.number().int(),
    superseded: z.number().int(),
    quarantined: z.number().int(),
    contested: z.number().int(),
    changes: z.number().int(),
    reverted: z.number().int(),
    retrievals: z.number().int(),
    signals: z.number().int(),
  }),
  medianConfidence: probability.nullable(),
  usefulness: probability.nullable().describe("mean outcome of judged recalls in the range"),
  needsYou: z.array(needsYou),
  confidenceBand: z.array(
    z.object({ day, p10: probability, p50: probability, p90: probability, memories: z.number().int() }),
  ),
  histogram: z.array(
    z.object({ from: probability, to: probability, now: z.number().int(), before: z.number().int() }),
  ),
  flow: z.array(
    z.object({
      day,
      added: z.number().int(),
      restored: z.number().int(),
      merged: z.number().int(),
      archived: z.number().int(),
      deleted: z.number().int(),
      reverted: z.number().int(),
    }),
  ),
  activePerDay: z.array(z.object({ day, active: z.number().int() })),
  annotations: z.array(annotation),
  latest: z.array(change),
  empty: z.boolean().describe("nothing was ever written here"),
});

export const learning = z.object({
  days: z.array(
    z.object({
      day,
      retrievals: z.number().int(),
      signals: z.number().int(),
      credited: z.number().int(),
      moved: z.number().int(),
      ranksChanged: z.number().int(),
      meanOutcome: probability.nullable(),
    }),
  ),
  alarms: z.array(
    z.object({ stage: z.enum(["signals", "credited", "moved", "ranksChanged"]), message: z.string() }),
  ),
  baseline: probability.describe("success that is expected of an average query now"),
  annotations: z.array(annotation),
});

export const safety = z.object({
  suspects: z
    .array(
      z.object({
        memoryId: id,
        label: z.string(),
        ratio: z.number().describe("log likelihood ratio, in nats, that it harms rather than helps"),
        threshold: z.number(),
        accusers: z.number().int().describe("independent sources that speak against it"),
      }),
    )
    .describe("proposed for quarantine, the worst first; a PATCH with `quarantined: true` accepts"),
  quarantined: z.array(
    z.object({
      memoryId: id,
      label: z.string(),
      changeId: id,
      at: timeOut,
      why: z.enum(["person", "outcomes", "instructionLike"]),
      reason: z.string().nullable(),
    }),
  ),
  anomalies: z.array(
    z.object({
      kind: z.enum(["crowding", "everywhere", "burst"]),
      title: z.string(),
      detail: z.string(),
      memoryId: id.nullable(),
      select: select.describe("what to give to POST /reverts to take it all back"),
    }),
  ),
});

export const estimate = z
  .object({ mean: z.number(), low: z.number(), high: z.number(), count: z.number().int() })
  .describe("mean with its 95 % interval");

export const quality = z.object({
  judged: z.number().int().describe("recalls in the range of which somebody said which memories helped"),
  learned: z
    .object({ ndcg: estimate.nullable(), mrr: estimate.nullable() })
    .describe("the rankings that were shown"),
  frozen: z
    .object({ ndcg: estimate.nullable(), mrr: estimate.nullable() })
    .describe("the same candidates without anything learned from outcomes"),
  gain: z
    .object({ ndcg: estimate.nullable(), mrr: estimate.nullable() })
    .describe("learned minus frozen, recall by recall"),
  days: z
    .array(
      z.object({
        day,
        judged: z.number().int(),
        learned: z.number().nullable(),
        frozen: z.number().nullable(),
      }),
    )
    .describe("mean nDCG@10 per day"),
  annotations: z.array(annotation),
});

const reliabilityBins = z
  .array(z.object({ predicted: probability, observed: probability, count: z.number().int() }))
  .describe(
    "tenths of the scale with an outcome in them; means of what was predicted and of what came of it",
  );
export const calibration = z.object({
  count: z
    .number()
    .int()
    .describe(
      "judged memories: the newest verdict on each per recall, or the outcome of an answer it was used in",
    ),
  brier: probability.nullable(),
  ece: probability.nullable().describe("expected calibration error"),
  bins: reliabilityBins.describe("confidence, without fading, as it was when the memory was shown"),
  fitted: z
    .object({
      form: z.enum(["platt", "isotonic"]),
      brier: probability,
      ece: probability,
      bins: reliabilityBins,
    })
    .nullable()
    .describe("after fitting, each outcome told by a curve that was fitted without it; null of too few"),
  note: z.string().nullable().describe("what is too little to be told"),
});

const failureCause = z.enum(FAILURE_CAUSES);
type FailureCause = (typeof FAILURE_CAUSES)[number];
const counted = FAILURE_CAUSES.map((cause) => [cause, z.number().int()]);
// Every cause is mapped.
const counts = Object.fromEntries(counted) as Record<FailureCause, z.ZodNumber>;

export const diagnosis = z.object({
  outcomes: z.number().int().describe("judged recalls in the range"),
  failed: z.number().int(),
  causes: z.array(
    z.object({
      cause: failureCause,
      count: z.number().int(),
      share: estimate.nullable().describe("of the failed ones"),
    }),
  ),
  days: z.array(
    z.object({
      day,
      ...counts,
    }),
  ),
  failures: z
    .array(
      z.object({
        cause: failureCause,
        signalId: id,
        retrievalId: id,
        at: timeOut,
        query: z.string(),
        outcome: probability,
        memories: z
          .array(z.object({ memoryId: id, label: z.string() }))
          .describe("what the cause rests on: doubtful, missed or useful memories"),
      }),
    )
    .describe("the newest 100"),
});

export const cost = z.object({
  cpu: z
    .array(
      z.object({
        operation: z.string(),
        calls: z.number().int(),
        milliseconds: z.number().describe("median CPU time of one call in this process"),
      }),
    )
    .describe("since the server started; calls that ran beside others are not counted"),
  storage: z.object({
    memories: z.number().int(),
    bytesPerMemory: z.number().nullable().describe("with its history, vectors and indexes"),
    bytesPerUpdate: z.number().nullable().describe("one change with its digest, effect and indexes"),
    bytesPerRecall: z.number().nullable().describe("one logged recall with its candidates"),
  }),
});
