import { z } from "zod";
import {
  cursor,
  expectedSeq,
  flagInQuery,
  id,
  limit,
  page,
  probability,
  reason,
  text,
  timeIn,
  timeOut,
} from "./common";
import { change } from "./change";
import { KINDS, LIFECYCLES, TRUST_CLASSES } from "@/lib/domain/memory/memory";
import { CONSTANTS } from "@/lib/domain/parameters";

export const kind = z.enum(KINDS);
export const lifecycle = z.enum(LIFECYCLES);
export const trust = z.enum(TRUST_CLASSES);
const scopeId = z.string().min(1).max(256);

export const scope = z
  .strictObject({
    userId: scopeId.optional(),
    agentId: scopeId.optional(),
    runId: scopeId.optional(),
    sessionId: scopeId.optional(),
  })
  .describe("whose memory it is; a filter matches by the fields it gives");

export const tags = z.array(z.string().min(1).max(100)).max(50);

export const metadata = z
  .record(z.string().max(200), z.json())
  .refine(
    (value) => new TextEncoder().encode(JSON.stringify(value)).length <= CONSTANTS.maxContentBytes,
    `must be at most ${CONSTANTS.maxContentBytes} bytes of JSON`,
  );

export const sourceIn = z.strictObject({
  channel: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("where it came from; default: the surface it was sent on"),
  ref: z.string().max(500).optional().describe("a reference inside that channel, e.g. a message id"),
  speaker: z.string().max(200).optional().describe("who said it; also helps recall"),
});

export const memory = z.object({
  id,
  content: z.string(),
  kind,
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.json()),
  scope,
  source: z.object({ channel: z.string(), ref: z.string().optional(), speaker: z.string().optional() }),
  trust,
  lifecycle,
  quarantined: z.boolean(),
  pinned: z.boolean(),
  mergedInto: id.nullable(),
  mergedFrom: z.array(id),
  supersededBy: id.nullable(),
  contestedWith: z.array(id),
  confidence: probability.describe("posterior mean of its usefulness"),
  confidenceLow: probability.describe("lower end of the 90 % interval"),
  confidenceHigh: probability,
  evidence: z
    .object({ alpha: z.number().min(0), beta: z.number().min(0) })
    .describe("raw, unfaded sums in observations"),
  utility: z.number().min(-1).max(1).describe("what outcomes add to its rank"),
  accessibility: probability.describe(
    "how present it still is; falls with the time since it was last useful",
  ),
  validAt: timeOut,
  invalidAt: timeOut.nullable(),
  createdAt: timeOut,
  updatedAt: timeOut,
  seq: z.number().int().describe("last change that moved this memory"),
});
export type MemoryOut = z.infer<typeof memory>;

export const createMemory = z.strictObject({
  content: text,
  kind: kind.optional().describe("default: fact"),
  tags: tags.optional(),
  metadata: metadata.optional(),
  scope: scope.optional(),
  validAt: timeIn.optional().describe("since when it is true; default: now"),
  invalidAt: timeIn.optional(),
  source: sourceIn.optional(),
});
export type CreateMemoryIn = z.infer<typeof createMemory>;

export const OWNER_TYPES = ["user", "agent", "run", "session", "metadata"] as const;
export const listOwners = z.strictObject({
  type: z.enum(OWNER_TYPES).optional(),
  metadata: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("also the texts under this key of the metadata, as type `metadata`"),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const owner = z.object({
  type: z.enum(OWNER_TYPES),
  id: z.string(),
  memories: z.number().int().describe("active and archived ones"),
  firstAt: timeOut.describe("when the oldest of them was created"),
  updatedAt: timeOut.describe("when the last of them moved"),
});
export const listedOwners = page(owner);

export const memoryWritten = z.object({
  memory,
  changes: z.array(change),
  groupId: id.optional(),
  duplicate: z.boolean().optional(),
});

export const createMany = z.strictObject({
  items: z
    .array(z.unknown())
    .min(1)
    .max(CONSTANTS.maxBatch)
    .describe("as in POST /memories; each item is judged by itself"),
});
export const createdMany = z.object({
  items: z.array(
    z.object({
      memory: memory.optional(),
      duplicate: z.boolean().optional(),
      error: z
        .object({
          code: z.string(),
          detail: z.string(),
          errors: z.array(z.object({ path: z.string(), message: z.string() })),
        })
        .optional(),
    }),
  ),
  groupId: id.nullable(),
});

export const SORTS = ["newest", "oldest", "confidence", "-confidence", "updated", "used"] as const;
export const listMemories = z.strictObject({
  q: z
    .string()
    .max(1000)
    .optional()
    .describe('words; also `kind:preference conf<0.4 tag:x is:pinned "coffee"`'),
  filter: z
    .string()
    .max(4000)
    .optional()
    .describe("JSON: {AND|OR|NOT: […]} over {field: {eq|ne|gt|gte|lt|lte|in|contains: value}}"),
  lifecycle: z
    .enum([...LIFECYCLES, "all"])
    .optional()
    .describe("default: active"),
  sort: z.enum(SORTS).optional().describe("default: newest"),
  facets: flagInQuery.optional().describe("also count by kind, lifecycle, tag, speaker and state"),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const facet = z.object({ value: z.string(), count: z.number().int() });
export const listedMemories = page(
  memory.extend({
    uses: z.number().int().describe("logged recalls that showed it"),
    lastUsedAt: timeOut.nullable(),
  }),
).extend({
  facets: z.record(z.string(), z.array(facet)).optional(),
});

export const getMemory = z.strictObject({
  asOf: z.string().max(64).optional().describe("a seq or a time: the memory as the ledger had it then"),
});
export const gotMemory = z.object({
  memory,
  seq: z.number().int().optional().describe("the seq it was read as of"),
});

const edit = z.strictObject({
  content: text.optional(),
  kind: kind.optional(),
  tags: tags.optional(),
  metadata: metadata.optional(),
  lifecycle: lifecycle.optional(),
  pinned: z.boolean().optional(),
  quarantined: z.boolean().optional(),
  validAt: timeIn.optional(),
  invalidAt: timeIn.nullable().optional(),
  supersededBy: id
    .nullable()
    .optional()
    .describe("the newer memory that takes its place; null makes both stand again"),
  reason: reason.optional(),
  expectedSeq: expectedSeq.optional(),
});
const NOT_EDITS = new Set(["id", "reason", "expectedSeq"]);
const changesSomething = (v: object): boolean => Object.keys(v).some((key) => !NOT_EDITS.has(key));
const CHANGES_NOTHING = "names nothing to change; give at least one field";

export const updateMemory = edit.refine(changesSomething, CHANGES_NOTHING);
export type UpdateMemoryIn = z.infer<typeof updateMemory>;

export const updateMany = z.strictObject({
  items: z
    .array(edit.omit({ reason: true }).extend({ id }).refine(changesSomething, CHANGES_NOTHING))
    .min(1)
    .max(CONSTANTS.maxBatch),
  reason: reason.optional(),
});
export const updatedMany = z.object({
  items: z.array(z.object({ memory })),
  groupId: id.nullable().describe("revert it to take the whole batch back; null when nothing moved"),
  changes: z.array(change).describe("the first 200"),
});

export const deleteMemory = z.strictObject({
  reason: reason.optional(),
  expectedSeq: z.coerce.number().int().min(0).optional(),
});

export const BULK_ACTIONS = [
  "archive",
  "restore",
  "delete",
  "pin",
  "unpin",
  "quarantine",
  "release",
  "setKind",
  "addTag",
  "removeTag",
] as const;
export const bulk = z
  .strictObject({
    ids: z.array(id).min(1).max(10_000).optional(),
    q: z.string().max(1000).optional(),
    filter: z
      .string()
      .max(4000)
      .optional()
      .describe("as in GET /memories: all matching, selected by the server"),
    lifecycle: z.enum([...LIFECYCLES, "all"]).optional(),
    action: z.enum(BULK_ACTIONS),
    value: z.string().max(100).optional().describe("the kind or tag, for setKind, addTag, removeTag"),
    reason: reason.optional(),
    dryRun: z.boolean().optional(),
  })
  .refine(
    (v) => v.ids !== undefined || v.q !== undefined || v.filter !== undefined,
    "give `ids`, or `q` or `filter` to select by",
  )
  .refine(
    (v) => !["setKind", "addTag", "removeTag"].includes(v.action) || v.value !== undefined,
    "this action needs `value`",
  );
export const bulkDone = z.object({
  dryRun: z.boolean(),
  groupId: id.nullable(),
  matched: z.number().int(),
  changed: z.number().int(),
  changes: z.array(change),
});

export const history = z.strictObject({ cursor: cursor.optional(), limit: limit.optional() });
export const confidenceQuery = z.strictObject({
  points: z.coerce.number().int().min(2).max(2000).optional(),
});
export const confidencePoints = z.object({
  points: z.array(
    z.object({
      at: timeOut,
      seq: z.number().int(),
      confidence: probability,
      low: probability,
      high: probability,
      changeId: id.nullable(),
      op: z.string(),
    }),
  ),
  forecast: z
    .array(z.object({ at: timeOut, confidence: probability, accessibility: probability }))
    .describe("if nothing more is observed"),
  waterfall: z.array(
    z.object({ changeId: id.nullable(), label: z.string(), delta: z.number(), confidence: probability }),
  ),
});

export const purge = z.strictObject({
  confirm: id.describe("the memory's id, as a safeguard"),
  reason: reason.optional(),
});
export const purged = z.object({
  erased: id,
  changeId: id,
  texts: z.number().int().describe("texts that were destroyed"),
});
