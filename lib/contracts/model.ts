import { z } from "zod";

export const MODEL_ROLES = ["embedding", "extraction"] as const;

export const model = z.object({
  role: z.enum(MODEL_ROLES).describe("embedding: meaning to numbers; extraction: names and relations"),
  place: z.enum(["inProcess", "endpoint"]),
  name: z.string().describe("of the model, or of what stands in for one"),
  url: z.string().nullable().describe("null: it runs in the server's own process"),
  dimensions: z.number().int().nullable().describe("length of a vector; null: no vectors"),
  hasKey: z.boolean().describe("a key is sent along; it is never shown"),
  variables: z
    .array(z.object({ name: z.string(), isSet: z.boolean(), what: z.string() }))
    .describe("the server's environment decides it; these are the variables"),
  problem: z.string().nullable().describe("why the configuration cannot be used"),
});
const embedding = z.object({
  waiting: z
    .number()
    .int()
    .nullable()
    .describe("memories without a vector of this model yet; null: not known before the first recall"),
  memories: z.number().int(),
});
export const listedModels = z.object({ items: z.array(model), embedding });
export const testModel = z.strictObject({});
export const testedModel = z.object({
  ok: z.boolean(),
  tookMs: z.number(),
  answer: z.string().nullable().describe("what came back, in a few words"),
  error: z.string().nullable().describe("the exact error"),
});
export const byRole = z.object({ role: z.enum(MODEL_ROLES) });
