import { z } from "zod";
import { cursor, id, limit, page, probability, timeIn, timeOut } from "./common";
import { kind, memory, scope } from "./memory";
import { change } from "./change";

export const ROUTES = ["vector", "keyword", "graph", "recency", "experience"] as const;
export const PARTS = ["similarity", "keyword", "utility", "graph", "recency", "cue", "context"] as const;

type Part = (typeof PARTS)[number];
// Every part is mapped.
const numbers = Object.fromEntries(PARTS.map((p) => [p, z.number()])) as Record<Part, z.ZodNumber>;
export const parts = z.object(numbers);

const where = z.string().max(4000).optional().describe("a JSON filter as in GET /memories, over any field");
const ended = z.boolean().optional().describe("also what is no longer valid; default: false");

export const recall = z.strictObject({
  query: z
    .string()
    .min(1)
    .max(4000)
    .refine((v) => v.trim().length > 0, "must not be blank"),
  limit: z.number().int().min(1).max(200).optional().describe("default 10"),
  scope: scope.optional(),
  filter: z
    .strictObject({
      kinds: z.array(kind).optional(),
      tags: z.array(z.string()).optional(),
      speaker: z.string().optional(),
      where,
      ended,
    })
    .optional(),
  asOf: timeIn.optional().describe("what was valid then, also if superseded since"),
  explain: z.boolean().optional().describe("also the stages with counts, and what fell out where"),
  target: id.optional().describe("with explain: why this memory is or is not among the results"),
  deterministic: z.boolean().optional().describe("no exploration"),
  mode: z.string().max(40).optional().describe("a named recipe of weights; default: hybrid"),
  parameters: z.record(z.string(), z.number()).optional().describe("a draft setting to try out; not stored"),
  dryRun: z.boolean().optional().describe("do not log this recall: for looking, not for use"),
});
export type RecallIn = z.infer<typeof recall>;

export const recallResult = z.object({
  rank: z.number().int(),
  score: z.number(),
  memory,
  parts,
  routes: z.array(z.enum(ROUTES)),
  confidence: probability,
  expected: probability.describe(
    "confidence as improvement cycles have calibrated it by what came of such memories; the same as confidence until they have",
  ),
  movedBy: z
    .array(
      z.object({
        changeId: id,
        seq: z.number().int(),
        op: z.string(),
        targetLabel: z.string(),
        summary: z.string(),
        at: timeOut,
      }),
    )
    .optional()
    .describe("the changes that last moved it"),
});

export const explanation = z.object({
  stages: z.array(z.object({ stage: z.string(), count: z.number().int(), dropped: z.number().int() })),
  dropped: z
    .array(z.object({ memoryId: id, label: z.string(), stage: z.string(), reason: z.string() }))
    .describe("the first 50"),
  target: z
    .object({
      memoryId: id,
      found: z.boolean(),
      rank: z.number().int().nullable(),
      stage: z.string(),
      reason: z.string(),
      remedy: z.string(),
      score: z.number().nullable(),
      parts: parts.nullable(),
      lowestShownScore: z.number().nullable(),
    })
    .nullable(),
  parameters: z.record(z.string(), z.number()),
});

export const recalled = z.object({
  retrievalId: id.nullable().describe("report the outcome with it; null when the recall was not logged"),
  results: z.array(recallResult),
  explored: z
    .boolean()
    .describe(
      "it tried memories that are not known well, as `learning.explore.share` of the recalls do; `deterministic: true` never does",
    ),
  answerability: probability.describe(
    "0…1, whether the store seems to hold an answer at all: below about .3, rather say that nothing is known than use the results; one half where answered and unanswered questions were equally likely in our measurements",
  ),
  tookMs: z.number(),
  epoch: z.string(),
  seq: z.number().int().describe("the ledger's head that the answer has seen"),
  degraded: z.array(z.string()).describe("parts that were missing, e.g. `vector` while the embedder is down"),
  explanation: explanation.optional(),
});

export const retrieval = z.object({
  id,
  at: timeOut,
  query: z.string(),
  scope,
  asOf: timeOut.nullable(),
  epoch: z.string(),
  seq: z.number().int(),
  seed: z.string().nullable(),
  tookMs: z.number(),
  shown: z.array(z.object({ rank: z.number().int(), memoryId: id, label: z.string(), score: z.number() })),
  signals: z.number().int(),
});
export const listRetrievals = z.strictObject({
  memory: id.optional(),
  actor: z.string().max(200).optional().describe("who asked, in full, e.g. `key:<id>`"),
  q: z.string().max(200).optional(),
  from: timeIn.optional(),
  to: timeIn.optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const listedRetrievals = page(retrieval);
export const gotRetrieval = z.object({
  retrieval,
  candidates: z.array(
    z.object({
      memoryId: id,
      label: z.string(),
      rank: z.number().int(),
      score: z.number(),
      parts,
      shown: z.boolean(),
    }),
  ),
  signals: z.array(
    z.object({
      id,
      at: timeOut,
      outcome: z.number().nullable(),
      raw: z.json(),
      actor: z.string(),
      source: z.string().nullable(),
    }),
  ),
  changes: z.array(change),
});

export const explainResult = z.strictObject({
  memory: id.describe("the memory whose place is to be explained"),
});
export const explainedResult = z.object({
  retrievalId: id,
  query: z.string(),
  memoryId: id,
  label: z.string(),
  rank: z
    .number()
    .int()
    .nullable()
    .describe("its place in that recall; null when it was not among the candidates"),
  shown: z.boolean(),
  score: z.number().nullable(),
  parts: parts.nullable().describe("they add up to the score"),
  movedBy: z
    .array(z.object({ changeId: id, seq: z.number().int(), summary: z.string(), at: timeOut }))
    .describe("the changes in force that last moved it"),
  now: z
    .object({ found: z.boolean(), rank: z.number().int().nullable(), reason: z.string(), remedy: z.string() })
    .describe("where it would stand if the same were asked now, and why"),
});
