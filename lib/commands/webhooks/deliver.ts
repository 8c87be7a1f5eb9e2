import { gatherChanges } from "./gather-changes";
import { inWorkspace } from "@/lib/store/prisma";
import { isSuccess, sendMessage } from "./send-message";
import {
  leaseWebhook,
  nextDelivery,
  noteAttempt,
  pruneDeliveries,
  putOff,
  releaseWebhook,
  switchOff,
  webhookRows,
  type Attempt,
  type DeliveryRow,
  type WebhookRow,
} from "@/lib/store/webhooks";
import { newPlainId } from "@/lib/commands/context";
import { sql } from "@/lib/store/sql";
import type { Millis, WorkspaceId } from "@/lib/domain/ids";
import type { Resolve } from "@/lib/network/post";
import type { Tx } from "@/lib/store/prisma";

export interface DeliveryOptions {
  readonly timeoutMs: number;
  /** So many attempts of one message, and the webhook is switched off. */
  readonly attempts: number;
  readonly firstRetryMs: number;
  /** Each wait is so many times the one before. */
  readonly factor: number;
  readonly longestRetryMs: number;
  readonly resolve?: Resolve;
}

/** Ten attempts within about ten hours; chosen, not measured. */
export const DELIVERY: DeliveryOptions = {
  timeoutMs: 10_000,
  attempts: 10,
  firstRetryMs: 5_000,
  factor: 3,
  longestRetryMs: 21_600_000,
};
const LEASE_SECONDS = 60;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** A receiver that answers so wants no more messages. */
const GONE = 410;

export interface DeliveryContext {
  readonly workspaceId: WorkspaceId;
  readonly now: () => Millis;
}

/** Sends what is due to every webhook of a workspace, each in the order of the ledger; one that fails holds up no other. */
export async function deliverWebhooks(
  ctx: DeliveryContext,
  options: DeliveryOptions = DELIVERY,
): Promise<{ readonly webhooks: number }> {
  const hooks = await inWorkspace(ctx.workspaceId, (tx) => webhookRows(tx, sql`h."enabled"`));
  const owner = newPlainId();
  await Promise.all(hooks.map(({ id }) => deliverAll({ ctx, options, id, owner })));
  return { webhooks: hooks.length };
}

interface Turn {
  readonly ctx: DeliveryContext;
  readonly options: DeliveryOptions;
  readonly id: string;
  readonly owner: string;
}

async function deliverAll(turn: Turn): Promise<void> {
  const { ctx, id, owner } = turn;
  try {
    while (await deliverOne(turn));
  } finally {
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await releaseWebhook(tx, id, owner);
      await pruneDeliveries(tx, new Date(ctx.now() - KEPT_MS));
    });
  }
}

/** Sends the next message; false when there is none, or none may be sent now. */
async function deliverOne(turn: Turn): Promise<boolean> {
  const { ctx, options } = turn;
  const due = await inWorkspace(ctx.workspaceId, (tx) => nextDue(tx, turn));
  if (due === null) return false;
  const attempt = await sendMessage({
    workspaceId: ctx.workspaceId,
    ...due,
    now: ctx.now,
    timeoutMs: options.timeoutMs,
    resolve: options.resolve,
  });
  await inWorkspace(ctx.workspaceId, (tx) => settle(tx, turn, { delivery: due.delivery, attempt }));
  return isSuccess(attempt.status);
}

interface Due {
  readonly hook: WebhookRow;
  readonly delivery: DeliveryRow;
}

async function nextDue(tx: Tx, { ctx, id, owner }: Turn): Promise<Due | null> {
  const hook = await leaseWebhook(tx, { id, owner, seconds: LEASE_SECONDS, now: new Date(ctx.now()) });
  if (hook === null) return null;
  await gatherChanges(tx, hook);
  const delivery = await nextDelivery(tx, id);
  return delivery === null ? null : { hook, delivery };
}

interface Tried {
  readonly delivery: DeliveryRow;
  readonly attempt: Attempt;
}

/** A message that was not taken stays the next one: what comes after it waits, so that the order is kept. */
async function settle(tx: Tx, { ctx, options, id }: Turn, { delivery, attempt }: Tried): Promise<void> {
  await noteAttempt(tx, delivery.id, { attempt, state: isSuccess(attempt.status) ? "delivered" : "waiting" });
  if (isSuccess(attempt.status)) return;
  const failed = delivery.attempts.length + 1;
  if (attempt.status === GONE)
    await switchOff(tx, id, "The receiver answered 410: it wants no more messages.");
  // After it was switched on again, a message that failed often has as many attempts anew.
  else if (failed % options.attempts === 0)
    await switchOff(
      tx,
      id,
      `${options.attempts} attempts failed, the last with: ${attempt.error ?? "no reason"}. What waits is sent once it is enabled again.`,
    );
  else {
    const wait = Math.min(
      options.longestRetryMs,
      options.firstRetryMs * options.factor ** ((failed % options.attempts) - 1),
    );
    await putOff(tx, id, new Date(ctx.now() + wait));
  }
}
