import { z } from "zod";
import { expectedSeq, reason, timeOut } from "./common";
import { change } from "./change";

export const parameter = z.object({
  name: z.string(),
  group: z.string(),
  value: z.number(),
  default: z.number(),
  min: z.number(),
  max: z.number(),
  unit: z.string(),
  effect: z.string(),
  source: z.string(),
  seq: z.number().int().describe("of the change in force; 0 while it has its default"),
  changedAt: timeOut.nullable(),
  changedBy: z.string().nullable(),
});
export const listedParameters = z.object({ items: z.array(parameter) });
export const setParameter = z.strictObject({
  value: z.number(),
  reason: reason.optional(),
  expectedSeq: expectedSeq.optional(),
});
export const parameterSet = z.object({ parameter, changes: z.array(change) });
