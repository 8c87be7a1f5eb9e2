import { askedBy, type WebhookEvent } from "@/lib/domain/webhooks/event";
import {
  changesAfter,
  insertDelivery,
  moveCursor,
  type ChangeLine,
  type WebhookRow,
} from "@/lib/store/webhooks";
import { iso } from "@/lib/queries/memory-out";
import type { Tx } from "@/lib/store/prisma";

/** Changes of one message; an import of a hundred thousand is not as many requests. */
const MOST_CHANGES = 100;
const PAGE = 500;
/** Enough is written down while a receiver does not answer; the ledger keeps the rest. */
const MOST_WAITING = 100;

/** Writes down what the ledger has for a webhook beyond its cursor: one message per run of changes of one group and kind. */
export async function gatherChanges(tx: Tx, hook: WebhookRow): Promise<void> {
  let [cursor, waiting] = [hook.cursorSeq, hook.waiting];
  while (waiting < MOST_WAITING) {
    const page = await changesAfter(tx, cursor, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const run of runs(page)) {
      const event = eventOf(run[0]);
      if (!askedBy(event).some((wanted) => hook.events.includes(wanted))) continue;
      await insertDelivery(tx, hook.id, messageOf(event, run));
      waiting += 1;
    }
    cursor = last.seq;
  }
  if (cursor !== hook.cursorSeq) await moveCursor(tx, hook.id, cursor);
}

type Run = [ChangeLine, ...ChangeLine[]];

function runs(changes: readonly ChangeLine[]): Run[] {
  const found: Run[] = [];
  for (const change of changes) {
    const run = found.at(-1);
    const belongs =
      run?.[0].groupId === change.groupId && run[0].op === change.op && run.length < MOST_CHANGES;
    if (run !== undefined && belongs) run.push(change);
    else found.push([change]);
  }
  return found;
}

// The ledger holds no other operations than those that the events are made from.
const eventOf = ({ op }: ChangeLine): WebhookEvent => `change.${op}` as WebhookEvent;

/** Names and numbers; whoever wants the texts reads them with a key, and after an erasure finds none. */
function messageOf(event: WebhookEvent, run: Run) {
  const last = run.at(-1) ?? run[0];
  const changes = run.map(({ seq, at, groupId: _group, cycleId: _cycle, ...rest }) => ({
    ...rest,
    seq: Number(seq),
    at: iso(at.getTime()),
  }));
  const data = {
    groupId: last.groupId,
    cycleId: last.cycleId,
    fromSeq: Number(run[0].seq),
    toSeq: Number(last.seq),
    changes,
  };
  return { event, seq: Number(last.seq), at: last.at, data };
}
