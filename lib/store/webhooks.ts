import { askedBy, type WebhookEvent } from "@/lib/domain/webhooks/event";
import { newId } from "./new-id";
import { sql } from "./sql";
import type { Json } from "@/lib/domain/memory/memory";
import type { Tx } from "./prisma";

export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly secret: Uint8Array;
  readonly enabled: boolean;
  readonly trouble: string | null;
  readonly cursorSeq: bigint;
  readonly retryAt: Date | null;
  readonly createdAt: Date;
  readonly waiting: number;
}

export interface Attempt {
  readonly at: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly tookMs: number;
}

export interface DeliveryRow {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly seq: bigint;
  readonly data: Json;
  readonly state: "waiting" | "delivered" | "failed";
  readonly attempts: readonly Attempt[];
  readonly at: Date;
  readonly finishedAt: Date | null;
}

const HERE = sql`"workspaceId" = current_setting('app.workspace')::uuid`;
const DELIVERY = sql`"id", "event", "seq", "data", "state", "attempts", "at", "finishedAt"`;

export const webhookRows = (tx: Tx, where = sql`true`): Promise<WebhookRow[]> => tx.$queryRaw<WebhookRow[]>`
  SELECT "id", "name", "url", "events", "secret", "enabled", "trouble", "cursorSeq", "retryAt", "createdAt",
    (SELECT count(*)::int FROM "WebhookDelivery" d WHERE d."workspaceId" = h."workspaceId" AND d."webhookId" = h."id" AND d."state" = 'waiting') AS "waiting"
  FROM "Webhook" h WHERE ${HERE} AND ${where} ORDER BY "createdAt", "id"`;

export interface NewWebhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly secret: Uint8Array;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** It is told of what happens from now on. */
export async function insertWebhook(tx: Tx, hook: NewWebhook): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Webhook" ("workspaceId", "id", "name", "url", "events", "secret", "enabled", "cursorSeq", "createdAt", "createdBy")
    SELECT w."id", ${hook.id}::uuid, ${hook.name}, ${hook.url}, ${[...hook.events]}::text[], ${hook.secret}, true, w."headSeq", ${hook.createdAt}, ${hook.createdBy}
    FROM "Workspace" w WHERE w."id" = current_setting('app.workspace')::uuid`;
}

export interface WebhookPatch {
  readonly url?: string | undefined;
  readonly name?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
  readonly secret?: Uint8Array | undefined;
}

/** Whatever was changed, the next attempt is not put off any longer, and it has no trouble that we know of. */
export async function updateWebhook(tx: Tx, id: string, patch: WebhookPatch): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Webhook" SET "url" = coalesce(${patch.url ?? null}, "url"), "name" = coalesce(${patch.name ?? null}, "name"),
      "events" = coalesce(${patch.events === undefined ? null : [...patch.events]}::text[], "events"), "enabled" = coalesce(${patch.enabled ?? null}, "enabled"),
      "secret" = coalesce(${patch.secret ?? null}::bytea, "secret"), "retryAt" = NULL, "trouble" = CASE WHEN coalesce(${patch.enabled ?? null}, "enabled") THEN NULL ELSE "trouble" END
    WHERE ${HERE} AND "id" = ${id}::uuid`;
}

export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "WebhookDelivery" WHERE ${HERE} AND "webhookId" = ${id}::uuid`;
  await tx.$executeRaw`DELETE FROM "Webhook" WHERE ${HERE} AND "id" = ${id}::uuid`;
}

export interface Message {
  readonly event: WebhookEvent;
  readonly data: object;
}

/** Writes a message down for every webhook that asked for it, in the transaction of what it tells of. */
export async function tellWebhooks(tx: Tx, { event, data }: Message): Promise<void> {
  const hooks = await tx.$queryRaw<{ id: string; seq: bigint }[]>`
    SELECT h."id", w."headSeq" AS "seq" FROM "Webhook" h JOIN "Workspace" w ON w."id" = h."workspaceId"
    WHERE h."workspaceId" = current_setting('app.workspace')::uuid AND h."events" && ${askedBy(event)}::text[]`;
  for (const { id, seq } of hooks) await insertDelivery(tx, id, { event, data, seq: Number(seq), at: null });
}

export interface NewDelivery extends Message {
  readonly seq: number;
  /** null: now. */
  readonly at: Date | null;
  /** Absent: it waits for its turn. */
  readonly state?: "waiting" | "failed";
}

/** Returns its id. */
export async function insertDelivery(
  tx: Tx,
  webhookId: string,
  { event, data, seq, at, state = "waiting" }: NewDelivery,
): Promise<string> {
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO "WebhookDelivery" ("workspaceId", "id", "webhookId", "seq", "event", "data", "state", "attempts", "at")
    VALUES (current_setting('app.workspace')::uuid, ${id}::uuid, ${webhookId}::uuid, ${seq}, ${event}, ${JSON.stringify(data)}::jsonb, ${state}, '[]', coalesce(${at}::timestamptz, clock_timestamp()))`;
  return id;
}

/** The message that is due: by seq, and of one seq the changes before what they led to. */
export async function nextDelivery(tx: Tx, webhookId: string): Promise<DeliveryRow | null> {
  const [row] = await tx.$queryRaw<DeliveryRow[]>`
    SELECT ${DELIVERY} FROM "WebhookDelivery" WHERE ${HERE} AND "webhookId" = ${webhookId}::uuid AND "state" = 'waiting'
    ORDER BY "seq", "event" NOT LIKE 'change.%', "id" LIMIT 1`;
  return row ?? null;
}

export async function deliveryRow(
  tx: Tx,
  id: string,
  webhookId: string | null = null,
): Promise<DeliveryRow | null> {
  const [row] = await tx.$queryRaw<DeliveryRow[]>`
    SELECT ${DELIVERY} FROM "WebhookDelivery" WHERE ${HERE} AND "id" = ${id}::uuid AND (${webhookId}::uuid IS NULL OR "webhookId" = ${webhookId}::uuid)`;
  return row ?? null;
}

/** The log, newest first. */
export const deliveryRows = (
  tx: Tx,
  webhookId: string,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<DeliveryRow[]> => tx.$queryRaw<DeliveryRow[]>`
  SELECT ${DELIVERY} FROM "WebhookDelivery" WHERE ${HERE} AND "webhookId" = ${webhookId}::uuid AND (${before}::uuid IS NULL OR "id" < ${before}::uuid)
  ORDER BY "id" DESC LIMIT ${limit}`;

export async function noteAttempt(
  tx: Tx,
  id: string,
  { attempt, state }: { readonly attempt: Attempt; readonly state: DeliveryRow["state"] },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "WebhookDelivery" SET "attempts" = "attempts" || ${JSON.stringify([attempt])}::jsonb, "state" = ${state},
      "finishedAt" = CASE WHEN ${state} = 'waiting' THEN NULL ELSE ${new Date(attempt.at)}::timestamptz END
    WHERE ${HERE} AND "id" = ${id}::uuid`;
}

/** What was delivered longer ago is no longer in the log. */
export async function pruneDeliveries(tx: Tx, before: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM "WebhookDelivery" WHERE ${HERE} AND "state" <> 'waiting' AND "finishedAt" < ${before}`;
}

export async function putOff(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.$executeRaw`UPDATE "Webhook" SET "retryAt" = ${until} WHERE ${HERE} AND "id" = ${id}::uuid`;
}

export async function switchOff(tx: Tx, id: string, trouble: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Webhook" SET "enabled" = false, "trouble" = ${trouble}, "retryAt" = NULL WHERE ${HERE} AND "id" = ${id}::uuid`;
}

export interface Lease {
  readonly id: string;
  readonly owner: string;
  readonly seconds: number;
  readonly now: Date;
}

/** Takes or renews the right to send for a webhook; null while another server has it, or nothing may be sent now. */
export async function leaseWebhook(tx: Tx, { id, owner, seconds, now }: Lease): Promise<WebhookRow | null> {
  const leased = await tx.$executeRaw`
    UPDATE "Webhook" SET "leaseOwner" = ${owner}, "leaseUntil" = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE ${HERE} AND "id" = ${id}::uuid AND "enabled" AND ("retryAt" IS NULL OR "retryAt" <= ${now})
      AND ("leaseUntil" IS NULL OR "leaseUntil" < clock_timestamp() OR "leaseOwner" = ${owner})`;
  if (leased === 0) return null;
  const [row] = await webhookRows(tx, sql`h."id" = ${id}::uuid`);
  return row ?? null;
}

export async function releaseWebhook(tx: Tx, id: string, owner: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Webhook" SET "leaseUntil" = NULL WHERE ${HERE} AND "id" = ${id}::uuid AND "leaseOwner" = ${owner}`;
}

export interface ChangeLine {
  readonly id: string;
  readonly seq: bigint;
  readonly at: Date;
  readonly op: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly actor: string;
  readonly groupId: string;
  readonly cycleId: string | null;
  readonly reverts: string | null;
}

/** Changes after a point of the ledger, in its order. */
export const changesAfter = (tx: Tx, seq: bigint, most: number): Promise<ChangeLine[]> => tx.$queryRaw<
  ChangeLine[]
>`
  SELECT "id", "seq", "at", "op", "targetType", "targetId", "actor", "groupId", "cycleId", "reverts" FROM "Change"
  WHERE ${HERE} AND "seq" > ${seq} ORDER BY "seq" LIMIT ${most}`;

export async function moveCursor(tx: Tx, id: string, seq: bigint): Promise<void> {
  await tx.$executeRaw`UPDATE "Webhook" SET "cursorSeq" = ${seq} WHERE ${HERE} AND "id" = ${id}::uuid`;
}
