import { z } from "zod";
import { cursor, id, limit, page, probability, reason, timeIn, timeOut } from "./common";
import { change, CHANGE_STATUSES } from "./change";
import { OUTCOME_SCALES } from "@/lib/domain/learning/signal";

export const verdict = z.union([
  z.enum(["helpful", "harmful", "irrelevant", "outdated"]),
  z.boolean(),
  z.literal([1, -1]),
]);

const bareOutcome = z.union([z.number(), z.boolean(), z.string().max(40)]);
export const outcome = z
  .union([bareOutcome, z.strictObject({ scale: z.enum(OUTCOME_SCALES), value: bareOutcome })])
  .describe(
    '−1…1, POSITIVE | NEUTRAL | NEGATIVE | VERY_NEGATIVE, success | failure, true | false; 1–5 as {scale: "1-5", value}',
  );

export const createSignal = z
  .strictObject({
    retrievalId: id.optional(),
    outcome: outcome.optional(),
    memories: z
      .array(z.strictObject({ memoryId: id, verdict }))
      .min(1)
      .max(200)
      .optional(),
    used: z.array(id).max(200).optional().describe("the memories that the answer used"),
    response: z
      .string()
      .max(100_000)
      .optional()
      .describe("the answer's text: use is then found by the memories' rare words"),
    reason: reason.optional(),
    source: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe("who judged, e.g. the name of a test suite; a handle for a mass revert"),
    at: timeIn.optional().describe("when it was observed; late signals are welcome"),
  })
  .refine(
    (v) => v.outcome !== undefined || v.memories !== undefined,
    "give `outcome` for the whole answer, `memories` with a verdict each, or both",
  )
  .refine((v) => v.outcome === undefined || v.retrievalId !== undefined, {
    path: ["retrievalId"],
    message: "an outcome needs the `retrievalId` of the recall it judges",
  });
export type CreateSignalIn = z.infer<typeof createSignal>;

export const signalCreated = z.object({
  signalId: id,
  duplicate: z.boolean().optional(),
  outcome: probability.nullable(),
  baseline: probability.nullable().describe("what was expected of this kind of query"),
  credited: z.array(
    z.object({
      memoryId: id,
      weight: z.number().describe("in observations; negative when it speaks against"),
      before: probability,
      after: probability,
      rankBefore: z.number().int().nullable().optional(),
      rankAfter: z.number().int().nullable().optional(),
      changeId: id,
    }),
  ),
  changes: z.array(change),
});

export const listSignals = z.strictObject({
  memory: id.optional().describe("only those that moved this memory"),
  from: timeIn.optional(),
  to: timeIn.optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const signal = z.object({
  id,
  at: timeOut,
  actor: z.string(),
  source: z.string().nullable(),
  retrievalId: id.nullable(),
  query: z.string().nullable().describe("what was asked; null for a verdict without a recall"),
  outcome: probability.nullable(),
  baseline: probability.nullable(),
  moved: z.array(
    z.object({
      memoryId: id,
      label: z.string(),
      weight: z.number(),
      changeId: id,
      status: z.enum(CHANGE_STATUSES),
    }),
  ),
  ranksChanged: z.boolean(),
});
export const listedSignals = page(signal);
