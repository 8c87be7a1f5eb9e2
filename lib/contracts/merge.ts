import { z } from "zod";
import { cursor, id, limit, page, reason, text, timeOut } from "./common";
import { blastRadius, change, effect } from "./change";

export const MERGE_STATUSES = ["inForce", "candidate", "reverted", "suspended"] as const;

const part = z.object({ memoryId: id, content: z.string(), member: z.boolean().describe("its membership is in force"), membershipId: id });

export const merge = z.object({
  id: id.describe("the id of the change that made it"),
  resultId: id,
  sources: z.array(id),
  status: z.enum(MERGE_STATUSES),
  groupId: id,
  at: timeOut,
  similarity: z.number().min(-1).max(1).nullable().describe("lowest pairwise cosine of the sources"),
  content: z.string(),
  parts: z.array(part),
});

export const listMerges = z.strictObject({ status: z.enum(MERGE_STATUSES).optional(), cursor: cursor.optional(), limit: limit.optional() });
export const listedMerges = page(merge);

export const createMerge = z.strictObject({
  sources: z.array(id).min(2).max(8),
  content: text.optional().describe("default: the most informative source, plus sentences of the others that it lacks"),
  reason: reason.optional(),
  dryRun: z.boolean().optional(),
});
export const createdMerge = z.object({ dryRun: z.boolean(), merge, changes: z.array(change), effects: z.array(effect), blastRadius });
