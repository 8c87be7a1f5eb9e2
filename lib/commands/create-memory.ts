import { draft, type Made } from "@/lib/domain/ledger/draft";
import { instructionSign, isFromOutside } from "@/lib/domain/safety/instruction-like";
import { append, type Locked } from "@/lib/store/append";
import { contentHash } from "@/lib/store/project";
import { creditSupport } from "@/lib/domain/learning/attribution";
import { draftHead, envelope, newGroupId, newMemoryId, type Context, type Envelope } from "./context";
import { memoryOut, memoriesOut, newborn, writtenChanges } from "@/lib/queries/written";
import { memoryRows } from "@/lib/queries/memory-rows";
import type { MemoryId, Millis } from "@/lib/domain/ids";
import { sql } from "@/lib/store/sql";
import { timeOf } from "@/lib/domain/time";
import { toView } from "@/lib/queries/memory-out";
import type { CreateMemoryIn, MemoryOut } from "@/lib/contracts/memory";
import type { ChangeOut } from "@/lib/contracts/change";
import type { Draft, MemoryBirth } from "@/lib/domain/ledger/change";
import type { TrustClass } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

export interface MemoryWritten {
  readonly memory: MemoryOut;
  readonly changes: ChangeOut[];
  readonly groupId?: string;
  readonly duplicate?: boolean;
}

/** Remembers something, or, when exactly that is known in the same scope, believes it a little more. */
export async function createMemory(ctx: Context, input: CreateMemoryIn): Promise<MemoryWritten> {
  const by = envelope(ctx, {
    origin: input.source?.channel ?? null,
    session: input.scope?.sessionId ?? null,
  });
  let planned: Planned | undefined;
  let known: Promise<Known> | undefined;
  return append<MemoryWritten>(ctx, {
    ask: (tx) => (known = knownByHash(tx, [hashOf(input)])),
    decide: async (locked) => {
      const [plan] = await planCreation(ctx, locked, { items: [{ input, by }], asked: await known });
      planned = plan;
      return plan ? plan.drafts : [];
    },
    answer: async (done, tx) => {
      const id = planned?.memory ?? "";
      const born = ctx.actorName === undefined ? null : newborn(done, id, ctx.actorName);
      if (born !== null) return { ...born, groupId: by.groupId };
      const [memory, changes] = await Promise.all([
        memoryOut(tx, id, { now: done.at, parameters: done.parameters }),
        writtenChanges(tx, done),
      ]);
      return { memory, changes, groupId: by.groupId, ...(planned?.duplicate ? { duplicate: true } : {}) };
    },
  });
}

/** Remembers many things as one group, so that one revert takes them all back. */
export async function createMemories(
  ctx: Context,
  inputs: readonly CreateMemoryIn[],
): Promise<{ items: { memory: MemoryOut; duplicate: boolean }[]; groupId: string | null }> {
  const groupId = newGroupId();
  const items = inputs.map((input) => ({
    input,
    by: {
      ...envelope(ctx, { origin: input.source?.channel ?? null, session: input.scope?.sessionId ?? null }),
      groupId,
    },
  }));
  let plans: Planned[] = [];
  return append(ctx, {
    decide: async (locked) => {
      plans = await planCreation(ctx, locked, { items });
      return plans.flatMap((p) => p.drafts);
    },
    answer: async (done, tx) => {
      const out = await memoriesOut(
        tx,
        plans.map((p) => p.memory),
        { now: done.at, parameters: done.parameters },
      );
      return {
        items: plans.flatMap(({ memory: id, duplicate }) => {
          const memory = out.get(id);
          return memory ? [{ memory, duplicate }] : [];
        }),
        groupId: plans.length > 0 ? groupId : null,
      };
    },
  });
}

export interface ToCreate {
  readonly input: CreateMemoryIn;
  readonly by: Envelope;
  /** Of an import whose origin is believed less than the key that brings it. */
  readonly trust?: TrustClass;
}
export interface Planned {
  /** The creation, and the quarantine of a text that tries to steer its reader; or one observation of support. */
  readonly drafts: readonly Draft[];
  readonly memory: MemoryId;
  readonly duplicate: boolean;
}

/** A creation each, or an observation of support where exactly the same is already known, also earlier in the same batch. */
export async function planCreation(
  ctx: Context,
  locked: Locked,
  { items, asked }: { readonly items: readonly ToCreate[]; readonly asked?: Known | undefined },
): Promise<Planned[]> {
  const births = items.map((item) => birthOf(ctx, locked.at, item));
  const hashes = items.map(({ input }) => hashOf(input));
  const known = new Map(asked ?? (await knownByHash(locked.tx, hashes)));
  return items.map(({ by }, i) => {
    // Both arrays have one entry per item.
    const [birth, hash] = [births[i] as MemoryBirth, hashes[i] as string];
    const twin = known.get(hash);
    const head = draftHead(by);
    if (twin) {
      const weight = creditSupport({ trust: ctx.trust, parameters: locked.parameters });
      const payload = {
        weight,
        source: ctx.source,
        at: locked.at,
        signalId: null,
        retrievalId: null,
        rank: null,
        queryKey: null,
        shares: null,
      };
      return { drafts: [draft.observe(head, twin, payload)], memory: twin.id, duplicate: true };
    }
    const memory = newMemoryId();
    locked.expect(memory);
    known.set(hash, { id: memory, createdBy: head.id });
    return {
      drafts: [draft.create(head, memory, birth), ...heldBack(by, birth, { id: memory, createdBy: head.id })],
      memory,
      duplicate: false,
    };
  });
}

/** Text from outside that speaks to its reader waits for a person, in no recall; a change of its own, so one click releases it. */
function heldBack(by: Envelope, birth: MemoryBirth, memory: Made): Draft[] {
  if (!isFromOutside({ trust: birth.trust, channel: birth.source.channel })) return [];
  const sign = instructionSign(birth.content ?? "");
  if (sign === null) return [];
  return [
    draft.quarantine(
      { ...draftHead(by), cause: { kind: "system", stage: "instructionLike", reason: `The text ${sign}.` } },
      memory,
    ),
  ];
}

/** Memories that are there, by the hash of their text and scope. */
type Known = ReadonlyMap<string, Made>;

const hashOf = ({ content, scope }: CreateMemoryIn): string =>
  Buffer.from(contentHash({ content, scope: scopeOf(scope) })).toString("hex");

async function knownByHash(tx: Tx, hashes: readonly string[]): Promise<Known> {
  const list = hashes.map((h) => Buffer.from(h, "hex"));
  const rows = await memoryRows(
    tx,
    sql`m."contentHash" = ANY(${list}) AND m."exists" AND m."lifecycle" <> 'deleted'`,
  );
  return new Map(
    rows.flatMap((row) => {
      const view = toView(row);
      return view.createdBy === null || view.mergedFrom.length > 0
        ? []
        : [
            [
              Buffer.from(contentHash(view)).toString("hex"),
              { id: view.id, createdBy: view.createdBy },
            ] as const,
          ];
    }),
  );
}

function birthOf(ctx: Context, now: Millis, { input, trust }: ToCreate): MemoryBirth {
  const { channel, ref, speaker } = input.source ?? {};
  return {
    content: input.content,
    kind: input.kind ?? "fact",
    tags: [...new Set(input.tags ?? [])],
    metadata: input.metadata ?? {},
    scope: scopeOf(input.scope),
    source: {
      channel: channel ?? ctx.channel,
      ...(ref === undefined ? {} : { ref }),
      ...(speaker === undefined ? {} : { speaker }),
    },
    trust: trust ?? ctx.trust,
    validAt: input.validAt === undefined ? now : timeOf(input.validAt),
    invalidAt: input.invalidAt === undefined ? null : timeOf(input.invalidAt),
  };
}

const scopeOf = (given: CreateMemoryIn["scope"]): MemoryBirth["scope"] =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
