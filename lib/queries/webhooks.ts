import { deliveryRows, webhookRows, type DeliveryRow, type WebhookRow } from "@/lib/store/webhooks";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { iso } from "./memory-out";
import { readCursor, writeCursor } from "./cursor";
import { sql } from "@/lib/store/sql";
import type { Asker, InputOf } from "./asker";
import type {
  delivery as deliveryShape,
  listDeliveries as input,
  webhook as shape,
} from "@/lib/contracts/webhook";

export type WebhookOut = InputOf<typeof shape>;
export type DeliveryOut = InputOf<typeof deliveryShape>;

export const listWebhooks = (ctx: Asker) =>
  inWorkspace(ctx.workspaceId, async (tx) => ({ items: (await webhookRows(tx)).map(webhookOut) }));

/** One webhook as a transaction sees it; 404 when there is none. */
export async function requireWebhook(tx: Tx, id: string): Promise<WebhookRow> {
  const [row] = isKnownForm(id) ? await webhookRows(tx, sql`h."id" = ${id}::uuid`) : [];
  if (!row) throw notFound("webhook", id);
  return row;
}

const DEFAULT_LIMIT = 50;

export function listDeliveries(
  ctx: Asker,
  { id, ...asked }: InputOf<typeof input> & { readonly id: string },
) {
  const { limit = DEFAULT_LIMIT } = asked;
  const before = readCursor(asked.cursor, ["uuid"])?.[0] ?? null;
  return inWorkspace(ctx.workspaceId, async (tx) => {
    await requireWebhook(tx, id);
    const rows = await deliveryRows(tx, id, { before, limit: limit + 1 });
    const items = rows.slice(0, limit).map(deliveryOut);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.id]) : null };
  });
}

export function webhookOut({
  id,
  name,
  url,
  events,
  enabled,
  trouble,
  waiting,
  retryAt,
  createdAt,
}: WebhookRow): WebhookOut {
  const wanted = [...events] as WebhookOut["events"]; // parsed by the contract when they came in
  return {
    id,
    name,
    url,
    events: wanted,
    enabled,
    trouble,
    waiting,
    retryAt: retryAt === null ? null : iso(retryAt.getTime()),
    createdAt: iso(createdAt.getTime()),
  };
}

export function deliveryOut({
  id,
  event,
  seq,
  data,
  state,
  attempts,
  at,
  finishedAt,
}: DeliveryRow): DeliveryOut {
  return {
    id,
    event,
    seq: Number(seq),
    data,
    state,
    attempts: [...attempts],
    at: iso(at.getTime()),
    finishedAt: finishedAt === null ? null : iso(finishedAt.getTime()),
  };
}
