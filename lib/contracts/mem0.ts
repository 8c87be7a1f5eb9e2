import { z } from "zod";
import { flagInQuery } from "./common";

/**
 * What clients of mem0 send to the drop-in under `/api/compat/mem0`, in their words and spelling. Unlike our own inputs these
 * are loose: a client sends options of its maker's service that mean nothing here, and they are left aside.
 */
const owner = z.string().min(1).max(256).nullish();
const owners = { user_id: owner, agent_id: owner, app_id: owner, run_id: owner };
const metadata = z.record(z.string().max(200), z.json());
const date = z.iso.date().describe("YYYY-MM-DD: it is valid through this day, in UTC");
const time = z.union([
  z.number().describe("seconds since 1970"),
  z.iso.datetime({ offset: true }),
  z.iso.date(),
]);
/** In a body or, as text, in a query string. */
const count = z.coerce.number().int().min(1);

const textPart = z.looseObject({ type: z.string(), text: z.string().optional() });
export const message = z.looseObject({
  role: z.string().optional(),
  name: z.string().max(200).optional(),
  content: z.union([z.string(), z.array(textPart), textPart]),
});
export type Mem0Message = z.infer<typeof message>;

export const add = z.looseObject({
  ...owners,
  messages: z.union([z.string(), message, z.array(message).max(1000)]),
  metadata: metadata.nullish(),
  infer: z.boolean().nullish(),
  expiration_date: date.nullish(),
  timestamp: time.nullish(),
  output_format: z.string().nullish(),
});
export type Mem0Add = z.infer<typeof add>;

export const filters = z.record(z.string(), z.json());
const narrowing = {
  ...owners,
  filters: filters.nullish(),
  metadata: metadata.nullish(),
  categories: z.array(z.string()).nullish(),
  show_expired: flagInQuery.nullish(),
  fields: z.array(z.string()).nullish(),
  output_format: z.string().nullish(),
};
export const search = z.looseObject({
  ...narrowing,
  query: z.string().min(1).max(4000),
  top_k: count.max(1000).nullish(),
  limit: count.max(1000).nullish(),
  threshold: z.number().min(0).max(1).nullish(),
  reference_date: time.nullish(),
});
export type Mem0Search = z.infer<typeof search>;

export const list = z.looseObject({
  ...narrowing,
  start_date: date.nullish(),
  end_date: date.nullish(),
  keywords: z.string().max(1000).nullish(),
  page: count.nullish(),
  page_size: count.max(200).nullish(),
  limit: count.max(200).nullish().describe("version 1; no page to turn"),
});
export type Mem0List = z.infer<typeof list>;

export const update = z.looseObject({
  text: z.string().optional(),
  metadata: metadata.nullish(),
  timestamp: time.nullish(),
  expiration_date: date.nullish(),
});
export type Mem0Update = z.infer<typeof update>;

export const deleteAll = z.looseObject(owners);

const MOST = 1000;
export const batchUpdate = z.looseObject({
  memories: z
    .array(update.extend({ memory_id: z.string() }))
    .min(1)
    .max(MOST, `Maximum of ${MOST} memories can be updated in a single request`),
});
export const batchDelete = z.looseObject({
  memories: z
    .array(z.looseObject({ memory_id: z.string() }))
    .min(1)
    .max(MOST, `Maximum of ${MOST} memories can be deleted in a single request`),
});

export const FEEDBACK = ["POSITIVE", "NEGATIVE", "VERY_NEGATIVE"] as const;
export const feedback = z.looseObject({
  memory_id: z.string(),
  feedback: z.enum(FEEDBACK).nullish().describe("null takes the last one back"),
  feedback_reason: z.string().max(2000).nullish(),
  retrieval_id: z
    .string()
    .nullish()
    .describe("ours, from a search: what was said then counts near its question"),
});

export const createExport = z.looseObject({
  schema: z.record(z.string(), z.json()),
  filters: filters.nullish(),
});
export const getExport = z.looseObject({
  memory_export_id: z.string().nullish(),
  filters: filters.nullish(),
});

export const ENTITY_TYPES = ["user", "agent", "app", "run"] as const;
export const entityType = z.enum(ENTITY_TYPES);
export const paging = z.looseObject({ page: count.nullish(), page_size: count.max(200).nullish() });
