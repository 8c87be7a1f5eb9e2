import { z } from "zod";
import { id, probability, timeIn, timeOut } from "./common";
import { change, select } from "./change";

export const range = z.strictObject({ from: timeIn.optional(), to: timeIn.optional().describe("default: the last 30 days") });

const day = z.iso.date();
const annotation = z.object({ at: timeOut, kind: z.enum(["merge", "revert", "tune", "import", "cycle"]), label: z.string(), groupId: id });

export const needsYou = z.object({
  kind: z.enum(["contested", "unsupported", "outdated", "lowConfidenceOftenUsed", "quarantined", "harmful", "anomaly", "embedding"]),
  title: z.string(), detail: z.string(), href: z.string(), count: z.number().int(),
});

export const overview = z.object({
  counts: z.object({
    active: z.number().int(), archived: z.number().int(), deleted: z.number().int(), merged: z.number().int(), superseded: z.number().int(),
    quarantined: z.number().int(), contested: z.number().int(), changes: z.number().int(), reverted: z.number().int(), retrievals: z.number().int(), signals: z.number().int(),
  }),
  medianConfidence: probability.nullable(),
  usefulness: probability.nullable().describe("mean outcome of judged recalls in the range"),
  needsYou: z.array(needsYou),
  confidenceBand: z.array(z.object({ day, p10: probability, p50: probability, p90: probability, memories: z.number().int() })),
  histogram: z.array(z.object({ from: probability, to: probability, now: z.number().int(), before: z.number().int() })),
  flow: z.array(z.object({ day, added: z.number().int(), restored: z.number().int(), merged: z.number().int(), archived: z.number().int(), deleted: z.number().int(), reverted: z.number().int() })),
  activePerDay: z.array(z.object({ day, active: z.number().int() })),
  annotations: z.array(annotation),
  latest: z.array(change),
  empty: z.boolean().describe("nothing was ever written here"),
});

export const learning = z.object({
  days: z.array(z.object({
    day, retrievals: z.number().int(), signals: z.number().int(), credited: z.number().int(), moved: z.number().int(), ranksChanged: z.number().int(), meanOutcome: probability.nullable(),
  })),
  alarms: z.array(z.object({ stage: z.enum(["signals", "credited", "moved", "ranksChanged"]), message: z.string() })),
  baseline: probability.describe("success that is expected of an average query now"),
  annotations: z.array(annotation),
});

export const safety = z.object({
  suspects: z.array(z.object({
    memoryId: id, label: z.string(),
    ratio: z.number().describe("log likelihood ratio, in nats, that it harms rather than helps"),
    threshold: z.number(),
    accusers: z.number().int().describe("independent sources that speak against it"),
  })).describe("proposed for quarantine, the worst first; a PATCH with `quarantined: true` accepts"),
  quarantined: z.array(z.object({
    memoryId: id, label: z.string(), changeId: id, at: timeOut, why: z.enum(["person", "outcomes", "instructionLike"]), reason: z.string().nullable(),
  })),
  anomalies: z.array(z.object({
    kind: z.enum(["crowding", "everywhere", "burst"]), title: z.string(), detail: z.string(), memoryId: id.nullable(),
    select: select.describe("what to give to POST /reverts to take it all back"),
  })),
});
