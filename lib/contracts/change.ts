import { z } from "zod";
import { cursor, id, limit, page, reason, timeIn, timeOut } from "./common";
import { IMPORTANCES } from "@/lib/domain/ledger/importance";
import { CAUSE_KINDS, OPS, TARGET_TYPES } from "@/lib/domain/ledger/change";

export const CHANGE_STATUSES = ["live", "reverted", "suspended"] as const;

export const cause = z.object({
  kind: z.enum(CAUSE_KINDS),
  signalId: id.optional(),
  retrievalId: id.optional(),
  importId: id.optional(),
  stage: z.string().optional(),
  reason: z.string().optional(),
});

export const change = z.object({
  id,
  seq: z.number().int(),
  at: timeOut,
  actor: z.object({ type: z.enum(["person", "key", "system", "cycle"]), id: z.string(), name: z.string() }),
  cause,
  op: z.enum(OPS),
  targetType: z.enum(TARGET_TYPES),
  targetId: id,
  targetLabel: z.string().describe("the beginning of the memory's text, or the parameter's name"),
  summary: z.string().describe("the change as one plain sentence"),
  status: z.enum(CHANGE_STATUSES),
  statusBy: id.nullable().describe("the revert, or the missing dependency, that took it out of force"),
  unsupported: z.boolean().describe("still in force, but its recorded gate no longer passes"),
  importance: z
    .enum(IMPORTANCES)
    .describe(
      "`needsEyes`: a contradiction, a suspicion, an erasure or a decision that lost its support; of a group the highest",
    ),
  erased: z.boolean(),
  before: z.json().describe("what it moved, as it was when it was made"),
  after: z.json(),
  weight: z
    .object({ alpha: z.number(), beta: z.number() })
    .nullable()
    .describe("for observations, in observations"),
  groupId: id,
  groupSize: z.number().int().optional().describe("where one row stands for a group"),
  group: z
    .object({
      live: z.number().int(),
      reverted: z.number().int(),
      suspended: z.number().int(),
      targets: z.number().int().describe("how many memories or parameters its changes are about"),
      ops: z.record(z.string(), z.number().int()).describe("how many changes of each op it has"),
    })
    .optional()
    .describe("how the changes of its group stand now, where one row stands for a group"),
  cycleId: id.nullable(),
  reverts: id.nullable(),
});
export type ChangeOut = z.infer<typeof change>;

export const listChanges = z.strictObject({
  target: id.optional().describe("a memory's id; also finds changes that name it, such as memberships"),
  op: z.string().max(200).optional().describe("one op, or several separated by commas"),
  actor: z.string().max(200).optional(),
  cycle: id.optional(),
  group: id.optional(),
  source: z.string().max(200).optional(),
  session: z.string().max(256).optional(),
  signal: id.optional(),
  status: z
    .enum([...CHANGE_STATUSES, "unsupported", "revertible"])
    .optional()
    .describe(
      "`unsupported`: in force, but its recorded gate no longer passes; `revertible`: in force, and neither an erasure nor of something erased",
    ),
  importance: z.enum(IMPORTANCES).optional().describe("at least so important"),
  q: z.string().max(200).optional().describe("words in the text the change wrote"),
  from: timeIn.optional(),
  to: timeIn.optional(),
  grouped: z
    .enum(["true", "false"])
    .optional()
    .describe("one row for a group: its first change, with groupSize"),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
const densityBucket = z.object({
  at: timeOut.describe("where the hour or day begins"),
  count: z.number().int().describe("changes in it"),
  reverts: z.number().int(),
  merges: z.number().int(),
  tunes: z.number().int().describe("parameters that were set"),
  cycles: z.number().int().describe("improvement cycles that changed something"),
});
export const listedChanges = page(change).extend({
  density: z.array(densityBucket).optional(),
});

export const gotChange = z.object({
  change,
  dependencies: z.array(change),
  dependents: z.array(change),
  revertedBy: z.array(change),
  group: z.array(change).describe("the changes appended together with it, at most 200"),
  support: z
    .object({
      terms: z.array(z.object({ changeId: id, amount: z.number(), live: z.boolean() })),
      threshold: z.number(),
      passes: z.boolean(),
    })
    .nullable(),
  digest: z.string().describe("hex sha-256 of the chain up to this change"),
  payload: z.json(),
});

/** How far a revert of a memory also clears what was learned beside it. */
export const CONTAMINATION_LEVELS = ["none", "blame", "all"] as const;

export const select = z.strictObject({
  source: z.string().max(200).optional(),
  apiKeyId: id.optional(),
  sessionId: z.string().max(256).optional(),
  actor: z.string().max(200).optional(),
  op: z.enum(OPS).optional(),
  targetId: id.optional(),
  signalId: id.optional(),
  shownWith: id
    .optional()
    .describe(
      "what other memories gained or lost in recalls that showed this memory, also after it was quarantined",
    ),
  from: timeIn.optional(),
  to: timeIn.optional(),
  fromSeq: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("this change and all later ones: «revert to before this point»"),
  toSeq: z.number().int().min(1).optional(),
});

const revertTarget = {
  changeIds: z.array(id).min(1).max(10_000).optional(),
  groupId: id.optional(),
  cycleId: id.optional(),
  select: select.optional(),
  includeContaminated: z.boolean().optional().describe('short for `contamination: "all"`'),
  contamination: z
    .enum(CONTAMINATION_LEVELS)
    .optional()
    .describe(
      "`none`: the named changes alone; `blame`: also what other memories lost in recalls that showed a reverted memory; `all`: what they gained, too",
    ),
  reason: reason.optional(),
};

interface RevertTarget {
  readonly changeIds?: unknown;
  readonly groupId?: unknown;
  readonly cycleId?: unknown;
  readonly select?: object | undefined;
}
const namesOneTarget = (v: RevertTarget): boolean =>
  [v.changeIds, v.groupId, v.cycleId, v.select].filter((x) => x !== undefined).length === 1;
const ONE_TARGET = "give exactly one of `changeIds`, `groupId`, `cycleId`, `select`";
const selectsSomething = (v: RevertTarget): boolean =>
  v.select === undefined || Object.keys(v.select).length > 0;
const SOMETHING = { path: ["select"], message: "must name at least one criterion" };

export const createRevert = z
  .strictObject({ ...revertTarget, dryRun: z.boolean().optional() })
  .refine(namesOneTarget, ONE_TARGET)
  .refine(selectsSomething, SOMETHING);
/** The same for tools that are either a preview or the act, and have no switch between them. */
export const revertTool = z
  .strictObject(revertTarget)
  .refine(namesOneTarget, ONE_TARGET)
  .refine(selectsSomething, SOMETHING);
export type CreateRevertIn = z.infer<typeof createRevert>;

export const effect = z.object({
  targetType: z.enum(TARGET_TYPES),
  targetId: id,
  label: z.string(),
  register: z.string(),
  before: z.json(),
  after: z.json(),
});
export const rankMove = z.object({
  retrievalId: id,
  query: z.string(),
  before: z.array(z.object({ memoryId: id, label: z.string() })),
  after: z.array(z.object({ memoryId: id, label: z.string() })),
});
export const blastRadius = z.object({
  retrievals: z.number().int().describe("recent logged recalls that were scored again"),
  affected: z.number().int().describe("of these, how many would show another list"),
  moves: z.array(rankMove).describe("the first 20 of them"),
  neighbours: z
    .object({
      count: z.number().int(),
      items: z
        .array(z.object({ memoryId: id, label: z.string(), by: z.enum(["session", "name"]) }))
        .describe("the first 50"),
    })
    .optional()
    .describe(
      "memories that stay as they are and may be ranked otherwise: said beside one that changes, or sharing names with it within two hops",
    ),
});
export const reverted = z.object({
  dryRun: z.boolean(),
  groupId: id.nullable().describe("the group of the new revert changes: revert it to redo"),
  alreadyReverted: z.boolean().optional(),
  reverted: z.array(id),
  suspended: z.array(id),
  resumed: z.array(id),
  unsupported: z.array(id),
  erased: z.array(id).describe("selected, but left alone because their target was purged"),
  contaminated: z.array(id).optional().describe("of `reverted`, those that the contamination level added"),
  contamination: z
    .object({
      level: z.enum(CONTAMINATION_LEVELS),
      memories: z.number().int().describe("other memories that learned something beside the reverted ones"),
      blame: z.number().int().describe("changes that level `blame` takes out beside the named ones"),
      all: z.number().int().describe("changes that level `all` takes out beside the named ones"),
    })
    .optional()
    .describe("there when the revert unmakes a memory that recalls have shown"),
  effects: z.array(effect).describe("the first 500"),
  effectCount: z.number().int(),
  blastRadius,
  changes: z.array(change).describe("the new revert changes, at most 200"),
});

export const REVERT_STAGES = ["choosing", "writing", "checking", "done"] as const;

/** What was recomputed after a revert: nothing stored was trusted, and nothing but what it touched was looked at. */
const revertCheck = z.object({
  ok: z.boolean(),
  changes: z.number().int().describe("new changes whose digests were recomputed"),
  targets: z.number().int().describe("memories, relations, names and settings that were folded anew"),
  indexed: z
    .number()
    .int()
    .nullable()
    .describe(
      "memories looked up in the search index, without those that moved again since; null: none is held",
    ),
  mismatches: z.array(z.string()).describe("the first 20, in words"),
});

export const revertJob = z.object({
  id,
  state: z.enum(["running", "done", "failed"]),
  stage: z.enum(REVERT_STAGES),
  done: z.number().int().describe("how much of the stage is through, of `total`"),
  total: z
    .number()
    .int()
    .nullable()
    .describe("changes while writing, targets while checking; null: not known yet"),
  startedAt: timeOut,
  endedAt: timeOut.nullable(),
  reason: z.string().nullable(),
  groupId: id.nullable().describe("the group of the revert changes: revert it to redo"),
  reverted: z.number().int(),
  suspended: z.number().int(),
  resumed: z.number().int(),
  check: revertCheck.nullable().describe("null until it has been checked"),
  error: z.string().nullable(),
});
export type RevertJobOut = z.infer<typeof revertJob>;
export const startedRevert = z.object({ job: revertJob });
export const listedRevertJobs = z.object({
  items: z
    .array(revertJob)
    .describe("newest first: the running one and the latest that ended, kept until the server stops"),
});
