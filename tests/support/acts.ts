/** Appends single changes of each kind to a test's workspace, as the commands would draft them, and lays down telemetry. */
import { v7 as uuidv7 } from "uuid";

import { draftHead, envelope, newMemoryId, type Context } from "@/lib/commands/context";
import type { Cause, Change, Draft, ObservePayload, Support, Weight } from "@/lib/domain/ledger/change";
import { draft, type MergeOf } from "@/lib/domain/ledger/draft";
import { brand, memoryId, type MemoryId, type Millis, type SignalId } from "@/lib/domain/ids";
import { requireMemory, type Standing } from "@/lib/queries/memory-rows";
import { append } from "@/lib/store/append";
import { changesWhere } from "@/lib/store/ledger-reader";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { sql } from "@/lib/store/sql";

/** Appends what `decide` drafts and gives the changes back. */
export function appended(
  ctx: Context,
  decide: (tx: Tx, at: Millis) => Promise<Draft[]>,
): Promise<readonly Change[]> {
  return append(ctx, { decide: ({ tx, at }) => decide(tx, at), answer: async (done) => done.changes });
}

const standing = async (tx: Tx, id: string): Promise<Standing> =>
  (await requireMemory(tx, memoryId(id))).view;

/** Weight in millionths; `caused` is the signal that reported it. */
export async function observe(
  ctx: Context,
  id: string,
  weight: Weight,
  more: Partial<ObservePayload> & { readonly caused?: string } = {},
): Promise<Change> {
  const { caused, ...payload } = more;
  const signalId = caused === undefined ? null : brand<SignalId>(caused);
  const [change] = await appended(ctx, async (tx, at) => {
    const cause: Cause = signalId === null ? { kind: "request" } : { kind: "signal", signalId };
    const head = draftHead({ ...envelope(ctx), cause });
    const observed: ObservePayload = {
      weight,
      source: ctx.source,
      at,
      signalId,
      retrievalId: null,
      rank: null,
      queryKey: null,
      shares: null,
      ...payload,
    };
    return [draft.observe(head, await standing(tx, id), observed)];
  });
  if (change === undefined) throw new Error("nothing was observed");
  return change;
}

export const contest = (ctx: Context, id: string, rival: string) =>
  appended(ctx, async (tx) => [
    draft.contest(draftHead(envelope(ctx)), await standing(tx, id), await standing(tx, rival)),
  ]);

/** A decision that rests on observations, whose gate passes while their amounts reach the threshold. */
export const archiveFor = (ctx: Context, id: string, support: Support) =>
  appended(ctx, async (tx) => [
    draft.archive({ ...draftHead(envelope(ctx)), support }, await standing(tx, id)),
  ]);

/** Merges memories; the result's id and the changes, the merge itself first. */
export async function merge(
  ctx: Context,
  sources: readonly string[],
  content: string,
  more: Partial<MergeOf> = {},
) {
  const result: MemoryId = newMemoryId();
  const changes = await appended(ctx, async (tx) => {
    const members = await Promise.all(sources.map((id) => standing(tx, id)));
    const by = envelope(ctx);
    const head = draftHead(by);
    const { kind, scope, source, trust, validAt, invalidAt } = members[0] as Standing;
    const birth = { content, kind, scope, source, trust, validAt, invalidAt, tags: [], metadata: {} };
    return [
      draft.merge(head, result, { ...birth, madeFrom: [], sources: members, similarity: 0.9, ...more }),
      ...members.map((member) => draft.member(draftHead(by), member, { id: result, createdBy: head.id })),
    ];
  });
  return { result, changes };
}

export const revertAll = (ctx: Context, ids: readonly string[]) =>
  appended(ctx, async (tx) => {
    const by = envelope(ctx);
    const changes = await changesWhere(tx, ids, sql`c."id" = ANY(${[...ids]}::uuid[])`);
    return changes.map((change) => draft.revert(draftHead(by), change));
  });

export const purge = (ctx: Context, id: string) =>
  appended(ctx, async () => [draft.purge(draftHead(envelope(ctx)), memoryId(id))]);

/** That a memory was shown, as recalls note it. */
export async function shown(ctx: Context, id: string, uses: number, lastUsedAt: number): Promise<void> {
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "MemoryUse" ("workspaceId", "memoryId", "uses", "lastUsedAt")
      VALUES (${ctx.workspaceId}::uuid, ${id}::uuid, ${uses}, ${new Date(lastUsedAt)})`;
  });
}

export interface LoggedRetrieval {
  readonly query: string;
  readonly shown: readonly string[];
  readonly candidates?: readonly { readonly m: string; readonly s: number; readonly p: readonly number[] }[];
  readonly at?: Millis;
  /** Newest change that it could see; 1 when left out. */
  readonly seq?: number;
}

/** A logged recall; its id. */
export async function retrieval(ctx: Context, logged: LoggedRetrieval): Promise<string> {
  const id = uuidv7();
  const at = new Date(logged.at ?? ctx.now());
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "Retrieval" ("workspaceId", "id", "at", "query", "queryKey", "scope", "limit", "epoch", "seq", "tookMs", "shown", "candidates", "actor")
      VALUES (${ctx.workspaceId}::uuid, ${id}::uuid, ${at}, ${logged.query}, ${logged.query}, '{}', 10, 'e1', ${logged.seq ?? 1}, 4.5, ${[...logged.shown]}::uuid[],
        ${JSON.stringify(logged.candidates ?? [])}::jsonb, ${ctx.actor})`;
  });
  return id;
}

export interface LoggedSignal {
  readonly id?: string;
  readonly retrievalId?: string;
  readonly outcome?: number | null;
  readonly ranksChanged?: boolean;
  readonly raw?: object;
  readonly at?: Millis;
  readonly groupId?: string;
}

export async function signal(ctx: Context, logged: LoggedSignal): Promise<string> {
  const id = logged.id ?? uuidv7();
  const at = new Date(logged.at ?? ctx.now());
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "Signal" ("workspaceId", "id", "at", "recordedAt", "retrievalId", "outcome", "raw", "actor", "ranksChanged", "groupId")
      VALUES (${ctx.workspaceId}::uuid, ${id}::uuid, ${at}, ${at}, ${logged.retrievalId ?? null}::uuid, ${logged.outcome ?? null}::float8,
        ${JSON.stringify(logged.raw ?? {})}::jsonb, ${ctx.actor}, ${logged.ranksChanged ?? false}, ${logged.groupId ?? null}::uuid)`;
  });
  return id;
}

export const ids = (changes: readonly { readonly id: string }[]): string[] => changes.map((c) => c.id);
