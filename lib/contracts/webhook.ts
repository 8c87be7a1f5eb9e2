import { z } from "zod";
import { cursor, id, json, limit, timeOut } from "./common";
import { EVENTS, WANTED } from "@/lib/domain/webhooks/event";

const LONGEST_URL = 2000;
const name = z.string().min(1).max(100);
const url = z
  .url({ protocol: /^https?$/u })
  .max(LONGEST_URL)
  .describe("https, or http to this machine");
const events = z.array(z.enum(WANTED)).min(1).max(WANTED.length);

const attempt = z.object({
  at: timeOut,
  status: z.number().int().nullable().describe("null: there was no answer"),
  error: z.string().nullable(),
  tookMs: z.number().int(),
});

export const delivery = z.object({
  id: id.describe("the header webhook-id; the same on every attempt"),
  event: z.enum(EVENTS),
  seq: z.number().int().describe("head of the ledger when it happened; deliveries are in this order"),
  data: json,
  state: z.enum(["waiting", "delivered", "failed"]),
  attempts: z.array(attempt),
  at: timeOut,
  finishedAt: timeOut.nullable(),
});

export const webhook = z.object({
  id,
  name: z.string(),
  url: z.string(),
  events: z.array(z.enum(WANTED)),
  enabled: z.boolean(),
  trouble: z.string().nullable().describe("why it was switched off by itself"),
  waiting: z.number().int().describe("messages that are still to be sent"),
  retryAt: timeOut.nullable(),
  createdAt: timeOut,
});

const secret = z.string().describe("whsec_…; shown once");
export const createWebhook = z.strictObject({
  url,
  name: name.optional(),
  events: events.optional().describe("default: all"),
});
export const createdWebhook = z.object({ webhook, secret });
export const updateWebhook = z
  .strictObject({
    url: url.optional(),
    name: name.optional(),
    events: events.optional(),
    enabled: z.boolean().optional().describe("true goes on where it stopped"),
    rotateSecret: z.literal(true).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, "give at least one field");
export const updatedWebhook = z.object({ webhook, secret: secret.optional() });
export const deletedWebhook = z.object({ webhook });
export const listedWebhooks = z.object({ items: z.array(webhook) });
export const testWebhook = z.strictObject({});
export const testedWebhook = z.object({ delivery });
export const redeliverWebhook = z.strictObject({ deliveryId: id.describe("of the log") });
export const listDeliveries = z.strictObject({ limit: limit.optional(), cursor: cursor.optional() });
export const listedDeliveries = z.object({ items: z.array(delivery), nextCursor: z.string().nullable() });
