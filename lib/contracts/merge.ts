import { z } from "zod";
import { cursor, id, limit, page, reason, text, timeOut } from "./common";
import { blastRadius, change, effect } from "./change";

export const MERGE_STATUSES = ["inForce", "candidate", "reverted", "suspended"] as const;

const part = z.object({
  memoryId: id,
  content: z.string(),
  member: z.boolean().describe("its membership is in force"),
  membershipId: id,
});

export const merge = z.object({
  id: id.describe("the id of the change that made it"),
  resultId: id,
  sources: z.array(id),
  status: z.enum(MERGE_STATUSES),
  groupId: id,
  at: timeOut,
  similarity: z.number().min(-1).max(1).nullable().describe("lowest pairwise cosine of the sources"),
  content: z.string().describe("what the result says now; while it is not there, what the merge wrote"),
  mergedText: z
    .string()
    .describe("what the merge wrote; other than `content` when the result was edited since"),
  parts: z.array(part),
});

/** One in the list: made, or proposed by an improvement cycle and waiting for a decision. */
export const listedMerge = merge.extend({
  id: id.describe("the id of the change that made it; of a candidate the id of its proposal"),
  resultId: id.nullable().describe("null: a candidate has no result yet"),
  content: z.string().describe("of a candidate the text that it would have"),
  parts: z.array(part.extend({ membershipId: id.nullable() })),
  proposal: z
    .object({ cycleId: id, certainty: z.number().min(0).max(1), why: z.string(), expiresAt: timeOut })
    .nullable()
    .describe(
      "what a decision about a candidate needs: POST /cycles/{cycleId}/decisions names the candidate's id",
    ),
});

export const listMerges = z.strictObject({
  status: z.enum(MERGE_STATUSES).optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const listedMerges = page(listedMerge);

export const createMerge = z.strictObject({
  sources: z.array(id).min(2).max(8),
  content: text
    .optional()
    .describe("default: the most informative source, plus sentences of the others that it lacks"),
  reason: reason.optional(),
  dryRun: z.boolean().optional(),
});
export const createdMerge = z.object({
  dryRun: z.boolean(),
  merge,
  changes: z.array(change),
  effects: z.array(effect),
  blastRadius,
});
