import { createHash } from "node:crypto";
import { brand, type ChangeId, type MemoryId, type RelationId, type SignalId } from "@/lib/domain/ids";
import { creditOutcome, isNothing } from "@/lib/domain/learning/attribution";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, type Context, type Envelope } from "./context";
import { judgeable } from "@/lib/queries/judgeable";
import type { Draft } from "@/lib/domain/ledger/change";
import type { Locked } from "@/lib/store/append";

/** More memories than this in one answer say little about any two of them, and the pairs grow with the square. */
const MOST_USED = 6;
export const USED_TOGETHER = "used_together";

export interface UsedTogether {
  readonly used: readonly MemoryId[];
  readonly outcome: number | null;
  readonly expected: number | null;
  readonly by: Envelope;
  readonly signalId: SignalId;
}

/** When an answer used several memories, the edges between them get the same kind of evidence as the memories did. */
export async function linkUsedTogether(ctx: Context, locked: Locked, given: UsedTogether): Promise<Draft[]> {
  const { used, outcome, expected, by, signalId } = given;
  if (used.length < 2 || used.length > MOST_USED || outcome === null || expected === null) return [];
  const weight = creditOutcome(
    outcome,
    { baseline: expected, rank: 1 },
    { trust: ctx.trust, parameters: locked.parameters },
  );
  if (isNothing(weight)) return [];
  const known = await judgeable(locked.tx, used, new Set());
  const drafts: Draft[] = [];
  for (const [from, to] of pairs([...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))) {
    const id = relationIdOf(from.id, to.id);
    const found = await linkOf(locked, id);
    const head = draftHead(by);
    if (!found) drafts.push(draft.link(head, id, { from, to, relation: USED_TOGETHER }));
    const payload = {
      weight,
      source: ctx.source,
      at: locked.at,
      signalId,
      retrievalId: by.cause.retrievalId ?? null,
      rank: null,
      queryKey: null,
      shares: null,
    };
    drafts.push(draft.observeRelation(draftHead(by), { id, linkedBy: found ?? head.id }, payload));
  }
  return drafts;
}

export async function linkOf(locked: Pick<Locked, "tx">, id: RelationId): Promise<ChangeId | null> {
  const [row] = await locked.tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "targetId" = ${id}::uuid AND "op" = 'link' ORDER BY "seq" LIMIT 1`;
  return row ? brand<ChangeId>(row.id) : null;
}

/** The same two memories always have the same relation, so its id is made from theirs, in UUID form. */
export function relationIdOf(a: MemoryId, b: MemoryId): RelationId {
  const hex = createHash("sha256").update(`${USED_TOGETHER}:${a}:${b}`).digest("hex");
  return brand<RelationId>(
    [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `8${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-"),
  );
}

function* pairs<T>(items: readonly T[]): Generator<readonly [T, T]> {
  for (const [i, a] of items.entries()) for (const b of items.slice(i + 1)) yield [a, b];
}
