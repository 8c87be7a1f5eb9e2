import {
  deleteWebhook as remove,
  deliveryRow,
  insertDelivery,
  insertWebhook,
  noteAttempt,
  updateWebhook as update,
} from "@/lib/store/webhooks";
import { DELIVERY } from "./deliver";
import { deliveryOut, requireWebhook, webhookOut } from "@/lib/queries/webhooks";
import { headOf } from "@/lib/queries/head";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { Refusal } from "@/lib/domain/errors";
import { inWorkspace } from "@/lib/store/prisma";
import { isSuccess, newWebhookSecret, requireWebhookUrl, sealSecret, sendMessage } from "./send-message";
import { newPlainId, type Context } from "@/lib/commands/context";
import { wakeWebhooks } from "./keep-webhooks";
import type { createWebhook as newInput, updateWebhook as patchInput } from "@/lib/contracts/webhook";
import type { InputOf } from "@/lib/queries/asker";

/** Makes a webhook; its secret is shown here and never again. */
export async function createWebhook(ctx: Context, input: InputOf<typeof newInput>) {
  await requireWebhookUrl(input.url);
  const id = newPlainId();
  const secret = newWebhookSecret();
  const sealed = await sealSecret(secret, ctx.workspaceId, id);
  const { url, name = new URL(input.url).host, events = ["*"] } = input;
  const row = await inWorkspace(ctx.workspaceId, async (tx) => {
    await insertWebhook(tx, {
      id,
      name,
      url,
      events,
      secret: sealed,
      createdAt: new Date(ctx.now()),
      createdBy: ctx.actor,
    });
    return requireWebhook(tx, id);
  });
  wakeWebhooks(ctx.workspaceId);
  return { webhook: webhookOut(row), secret };
}

export async function updateWebhook(
  ctx: Context,
  { id, rotateSecret, ...patch }: InputOf<typeof patchInput> & { readonly id: string },
) {
  await inWorkspace(ctx.workspaceId, (tx) => requireWebhook(tx, id));
  if (patch.url !== undefined) await requireWebhookUrl(patch.url);
  const secret = rotateSecret ? newWebhookSecret() : null;
  const sealed = secret === null ? {} : { secret: await sealSecret(secret, ctx.workspaceId, id) };
  const row = await inWorkspace(ctx.workspaceId, async (tx) => {
    await update(tx, id, { ...patch, ...sealed });
    return requireWebhook(tx, id);
  });
  wakeWebhooks(ctx.workspaceId);
  return { webhook: webhookOut(row), ...(secret === null ? {} : { secret }) };
}

/** Its log goes with it. */
export const deleteWebhook = (ctx: Context, { id }: { readonly id: string }) =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const row = await requireWebhook(tx, id);
    await remove(tx, id);
    return { webhook: webhookOut(row) };
  });

/** Sends one message now, past what waits, and says what came of it; it is not tried again. */
export async function testWebhook(ctx: Context, { id }: { readonly id: string }) {
  const { seq } = await headOf(ctx);
  const message = { event: "webhook.test", data: { webhookId: id }, seq, at: new Date(ctx.now()) } as const;
  const { hook, delivery } = await inWorkspace(ctx.workspaceId, async (tx) => {
    const found = await requireWebhook(tx, id);
    // Settled as failed until it is known better, so that no other server takes it for one that waits.
    return {
      hook: found,
      delivery: { ...message, id: await insertDelivery(tx, id, { ...message, state: "failed" }) },
    };
  });
  const attempt = await sendMessage({
    workspaceId: ctx.workspaceId,
    hook,
    delivery,
    now: ctx.now,
    timeoutMs: DELIVERY.timeoutMs,
  });
  return inWorkspace(ctx.workspaceId, async (tx) => {
    await noteAttempt(tx, delivery.id, {
      attempt,
      state: isSuccess(attempt.status) ? "delivered" : "failed",
    });
    const row = await deliveryRow(tx, delivery.id);
    if (row === null) throw new Error(`the test of webhook ${id} vanished while it ran`);
    return { delivery: deliveryOut(row) };
  });
}

/** Sends a message of the log once more, under the id that the receiver may know already; what waits goes out by itself. */
export async function redeliverWebhook(
  ctx: Context,
  { id, deliveryId }: { readonly id: string; readonly deliveryId: string },
) {
  const { hook, delivery } = await inWorkspace(ctx.workspaceId, async (tx) => {
    const found = await requireWebhook(tx, id);
    const row = isKnownForm(deliveryId) ? await deliveryRow(tx, deliveryId, id) : null;
    if (row === null) throw notFound("message", deliveryId);
    if (row.state === "waiting")
      throw new Refusal("conflict", "This message is still to be sent, and goes out by itself.");
    return { hook: found, delivery: row };
  });
  const attempt = await sendMessage({
    workspaceId: ctx.workspaceId,
    hook,
    delivery,
    now: ctx.now,
    timeoutMs: DELIVERY.timeoutMs,
  });
  return inWorkspace(ctx.workspaceId, async (tx) => {
    // Once taken it stays so, whatever came of sending it again.
    await noteAttempt(tx, delivery.id, {
      attempt,
      state: isSuccess(attempt.status) ? "delivered" : delivery.state,
    });
    const row = await deliveryRow(tx, delivery.id);
    if (row === null) throw notFound("message", deliveryId);
    return { delivery: deliveryOut(row) };
  });
}
