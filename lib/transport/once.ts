import { AlreadyClaimed } from "@/lib/store/append";
import { claimKey, findAnswer, freeKey, saveAnswer, type StoredAnswer } from "@/lib/store/idempotency";
import { operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { Refusal } from "@/lib/domain/errors";
import type { Context } from "@/lib/commands/context";

export interface Outcome {
  readonly status: number;
  readonly body: unknown;
  /** Whether this is what an earlier attempt was answered. */
  readonly replayed?: boolean;
}

/** A command that came with an Idempotency-Key. */
export interface Keyed {
  readonly id: OperationId;
  readonly key: string;
  /** What the request brought, hashed. Of a stream it is known once the stream was read to its end. */
  readonly bodyHash: () => Uint8Array<ArrayBuffer>;
  /** Reads a stream that nobody else reads; for a repeated command, of which the hash alone matters. */
  readonly drain?: () => Promise<void>;
  /** Whether the key is taken by the append itself; absent: as the operation always does. */
  readonly appends?: boolean;
}

/** These take the key in the transaction in which they append to the ledger, so that a crash leaves both or neither. */
const APPENDING: ReadonlySet<OperationId> = new Set<OperationId>([
  ...([
    "memories.create",
    "memories.createMany",
    "memories.updateMany",
    "memories.bulk",
    "memories.update",
    "memories.delete",
    "memories.purge",
  ] as const),
  ...([
    "signals.create",
    "reverts.create",
    "merges.create",
    "proposals.decide",
    "parameters.set",
    "import.create",
  ] as const),
  ...([
    "entities.create",
    "entities.update",
    "entities.merge",
    "relations.create",
    "relations.update",
    "relations.delete",
  ] as const),
]);

/** Every operation that needs more than the scope to read takes a key; what only reads may be asked again anyway. */
export const takesKey = (id: OperationId): boolean => {
  const { method, scope }: Operation = operations[id];
  return method !== "GET" && scope !== "read" && scope !== "none";
};

/** Carries a command out, or, for a key that was used before, repeats the answer it got. */
export async function once(
  ctx: Context,
  keyed: Keyed,
  run: (ctx: Context) => Promise<Outcome>,
): Promise<Outcome> {
  const { key, appends = APPENDING.has(keyed.id) } = keyed;
  if ((await findAnswer(ctx.workspaceId, key)) !== null) return replay(ctx, keyed);
  // A stream is still to be read; its hash is written down with the answer.
  const bodyHash = () => (keyed.drain ? new Uint8Array() : keyed.bodyHash());
  const isFree =
    appends ||
    (await claimKey(ctx.workspaceId, { key, operation: keyed.id, bodyHash: bodyHash() }, ctx.now()));
  if (!isFree) return replay(ctx, keyed);
  try {
    const done = await run(appends ? { ...ctx, idempotency: claimOf(keyed) } : ctx);
    if (isPreview(done.body)) await freeKey(ctx.workspaceId, key);
    else await saveAnswer(ctx.workspaceId, { key, operation: keyed.id, bodyHash: keyed.bodyHash() }, done);
    return done;
  } catch (error) {
    if (error instanceof AlreadyClaimed) return replay(ctx, keyed);
    if (!appends) await freeKey(ctx.workspaceId, key);
    throw error;
  }
}

/** The hash of a stream is asked for when the command appends, and by then the stream was read. */
const claimOf = ({ key, id, bodyHash }: Keyed): NonNullable<Context["idempotency"]> => ({
  key,
  operation: id,
  get bodyHash() {
    return bodyHash();
  },
});

const isPreview = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "dryRun" in body && body.dryRun === true;

const REPLAY_WAIT_MS = 100;
const REPLAY_TRIES = 50;

/** The first attempt may still be running: its answer is waited for, so that a retry never sees less than the first caller. */
async function replay(ctx: Context, { key, bodyHash, drain }: Keyed): Promise<Outcome> {
  await drain?.();
  let found: StoredAnswer | null = await findAnswer(ctx.workspaceId, key);
  for (let tries = 0; found?.status === 0 && tries < REPLAY_TRIES; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, REPLAY_WAIT_MS));
    found = await findAnswer(ctx.workspaceId, key);
  }
  if (found === null)
    throw new Refusal(
      "conflict",
      "The first attempt with this Idempotency-Key failed a moment ago. Send it again.",
    );
  if (!Buffer.from(found.bodyHash).equals(bodyHash()))
    throw new Refusal(
      "conflict",
      "This Idempotency-Key was used for a different request. Use a new key for a new command.",
    );
  if (found.status === 0)
    throw new Refusal(
      "conflict",
      "The first attempt with this Idempotency-Key is still under way, or was carried out and its answer lost. Read the target to see its state.",
    );
  return { status: found.status, body: found.answer, replayed: true };
}
