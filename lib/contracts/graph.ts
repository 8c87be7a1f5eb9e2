import { z } from "zod";
import { cursor, flagInQuery, id, limit, page, probability, reason, timeIn, timeOut } from "./common";
import { blastRadius, change, effect } from "./change";
import { CONSTANTS } from "@/lib/domain/parameters";
import { ENTITY_TYPES } from "@/lib/domain/graph/extraction";

export const entityType = z.enum(ENTITY_TYPES);
const name = z.string().trim().min(1).max(200).describe("as people should see it");
const entityRef = z.string().min(1).max(200).describe("an entity's id, or one of its names");
/** Edges join two ids and what is said of them. */
const relationId = z.string().min(1).max(128);
const mark = z.enum(["added", "removed"]).nullable().describe("what the cycle asked about did to it");

export const entity = z.object({
  id,
  name: z.string(),
  type: entityType,
  aliases: z.array(z.string()).describe("its other names"),
  memories: z.number().int().describe("how many memories name it"),
  introduced: z.boolean().describe("a person says that it is there, whether a text names it or not"),
  hidden: z.boolean(),
});
export type EntityOut = z.infer<typeof entity>;

const label = z.object({ id, label: z.string() });
export const relation = z.object({
  id: relationId,
  from: id,
  to: id,
  fromName: z.string(),
  toName: z.string(),
  type: z
    .string()
    .describe("what is said of the two; `mentioned with` where texts name both and say no more"),
  strength: probability.describe("from the memories that say so, their outcomes, and what people say of it"),
  memories: z.array(label).describe("memories that say so, at most 5"),
  memoryCount: z.number().int(),
  validAt: timeOut.nullable(),
  invalidAt: timeOut.nullable(),
  made: z.boolean().describe("a person says so"),
});
export type RelationOut = z.infer<typeof relation>;

export const node = entity.extend({
  depth: z.number().int().min(0).nullable().describe("steps from the entity asked about"),
  neighbours: z.number().int().describe("entities it is tied to, also those that are not in this answer"),
  x: z.number().describe("place on the map, the same each day"),
  y: z.number(),
  community: z.number().int().nullable(),
  validAt: timeOut.nullable().describe("since when anything says so; null: no limit"),
  invalidAt: timeOut.nullable(),
  mark,
});
export type NodeOut = z.infer<typeof node>;

export const getGraph = z.strictObject({
  entity: entityRef.optional().describe("the middle, by id or name; without it the most mentioned entities"),
  to: entityRef.optional().describe("the other end: the shortest way to it"),
  depth: z.coerce.number().int().min(1).max(3).optional().describe("steps from the middle; default 1"),
  limit: z.coerce.number().int().min(1).max(500).optional().describe("entities at most; default 150"),
  minStrength: z.coerce.number().min(0).max(1).optional().describe("weaker relations are left out"),
  asOf: timeIn.optional().describe("what was valid then"),
  cycleId: id.optional().describe("what this cycle added and removed"),
});
export const gotGraph = z.object({
  nodes: z.array(node),
  edges: z.array(relation.extend({ mark })),
  path: z
    .array(id)
    .nullable()
    .describe("the way from `entity` to `to`; null: not asked for, or there is none"),
  more: z.number().int().describe("neighbours of the middle that the limit left out"),
  total: z.number().int().describe("entities of the workspace"),
  communities: z
    .array(
      z.object({
        id: z.number().int(),
        entities: z.number().int(),
        names: z.array(z.string()),
        x: z.number(),
        y: z.number(),
      }),
    )
    .describe("on a map of very many entities: who stands together, with the names of the largest"),
  reading: z.number().int().describe("texts that are still to be read for names"),
  from: timeOut.nullable().describe("beginning of the time that these relations span"),
  until: timeOut.nullable(),
});
export type GraphOut = z.infer<typeof gotGraph>;

export const listEntities = z.strictObject({
  q: z.string().max(200).optional().describe("part of a name"),
  type: entityType.optional(),
  hidden: flagInQuery.optional().describe("only hidden ones; default: only the others"),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const listedEntities = page(entity).extend({ total: z.number().int(), reading: z.number().int() });

export const getEntity = z.strictObject({ asOf: timeIn.optional() });
export const gotEntity = z.object({
  entity,
  memories: z
    .array(label.extend({ confidence: probability, validAt: timeOut, invalidAt: timeOut.nullable() }))
    .describe("at most 50, newest first"),
  relations: z.array(relation).describe("the strongest 50"),
});

const tried = {
  reason: reason.optional(),
  dryRun: z.boolean().optional().describe("the preview: nothing is written"),
};
export const createEntity = z.strictObject({
  name,
  type: entityType.optional().describe("default: other"),
  ...tried,
});
export const updateEntity = z
  .strictObject({
    name: name.optional(),
    type: entityType.optional(),
    hidden: z.boolean().optional().describe("out of sight and out of recall"),
    mergedInto: entityRef
      .nullable()
      .optional()
      .describe("the entity that this is another name of; null splits them again"),
    ...tried,
  })
  .refine(
    (v) => Object.keys(v).some((k) => k !== "reason" && k !== "dryRun"),
    "names nothing to change; give at least one field",
  );
export const mergeEntities = z.strictObject({
  sources: z.array(entityRef).min(1).max(20).describe("entities that are other names of `into`"),
  into: entityRef,
  ...tried,
});
const written = {
  dryRun: z.boolean(),
  groupId: id.nullable(),
  changes: z.array(change),
  effects: z.array(effect),
  blastRadius,
};
export const entityWritten = z.object({
  entity: entity.nullable().describe("as it reads afterwards; null: nothing is left of it"),
  ...written,
});

const relationName = z
  .string()
  .trim()
  .min(1)
  .max(CONSTANTS.longestRelation)
  .describe("what is said of the two, e.g. `works for`");
const validity = { validAt: timeIn.nullable().optional(), invalidAt: timeIn.nullable().optional() };
export const createRelation = z.strictObject({
  from: entityRef,
  to: entityRef,
  type: relationName,
  ...validity,
  ...tried,
});
export const updateRelation = z
  .strictObject({
    ...validity,
    verdict: z
      .enum(["right", "wrong"])
      .optional()
      .describe("strengthens or weakens it, as a verdict does a memory"),
    hidden: z.boolean().optional(),
    ...tried,
  })
  .refine(
    (v) => Object.keys(v).some((k) => k !== "reason" && k !== "dryRun"),
    "names nothing to change; give at least one field",
  );
export const deleteRelation = z.strictObject({ reason: reason.optional() });
export const relationWritten = z.object({
  relation: relation.nullable().describe("as it reads afterwards; null: it is out of sight"),
  ...written,
});

/** For agents: the surroundings of an entity, or the way between two. */
export const searchGraph = z.strictObject({
  entity: entityRef,
  to: entityRef.optional().describe("tells how the two are connected"),
  depth: z.number().int().min(1).max(2).optional(),
  limit: z.number().int().min(1).max(50).optional(),
  asOf: timeIn.optional(),
});
