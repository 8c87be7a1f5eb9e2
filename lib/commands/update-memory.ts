import { append, type Locked } from "@/lib/store/append";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, type Context, type Envelope } from "./context";
import { flagMove, kindMove, lifecycleMove, lowerFlag, tagsMove } from "./moves";
import { memoryOut, writtenChanges } from "@/lib/queries/written";
import { Refusal } from "@/lib/domain/errors";
import { requireMemory, requireSeq, type Standing } from "@/lib/queries/memory-rows";
import { timeOf } from "@/lib/domain/time";
import type { MemoryWritten } from "./create-memory";
import type { Draft } from "@/lib/domain/ledger/change";
import { knownId, type MemoryId } from "@/lib/domain/ids";
import type { UpdateMemoryIn } from "@/lib/contracts/memory";

/** Edits a memory. Each field that moves becomes a change of its own, so that each can be taken back alone. */
export async function updateMemory(
  ctx: Context,
  input: { readonly id: string } & UpdateMemoryIn,
): Promise<MemoryWritten> {
  const id = knownId<MemoryId>(input.id, "memory");
  const by = envelope(ctx, { reason: input.reason });
  return append<MemoryWritten>(ctx, {
    decide: async (locked) => {
      const { row, view } = await requireMemory(locked.tx, id);
      await requireSeq(locked.tx, row, input.expectedSeq);
      return decideUpdate(locked, view, { input, by });
    },
    answer: async (done, tx) => ({
      memory: await memoryOut(tx, id, { now: done.at, parameters: done.parameters }),
      changes: await writtenChanges(tx, done),
      ...(done.groupId === null ? {} : { groupId: done.groupId }),
    }),
  });
}

interface Asked {
  readonly input: UpdateMemoryIn;
  readonly by: Envelope;
}

/** What an edit comes to: a draft for each field that moves. */
export async function decideUpdate(locked: Locked, memory: Standing, { input, by }: Asked): Promise<Draft[]> {
  const { content, kind, tags, metadata, lifecycle, pinned, quarantined, supersededBy } = input;
  return [
    ...(content === undefined || content === memory.content
      ? []
      : [draft.edit(draftHead(by), memory, { content, madeFrom: [] })]),
    ...(kind === undefined ? [] : kindMove(memory, kind, by)),
    ...(tags === undefined ? [] : tagsMove(memory, tags, by)),
    ...(metadata === undefined || sameJson(metadata, memory.metadata)
      ? []
      : [draft.set(draftHead(by), memory, { register: "metadata", value: metadata })]),
    ...validityMoves(memory, input, by),
    ...(lifecycle === undefined ? [] : lifecycleMove(memory, lifecycle, by)),
    ...(pinned === undefined ? [] : await flagMove(locked, memory, { op: "pin", to: pinned, by })),
    ...(quarantined === undefined
      ? []
      : await flagMove(locked, memory, { op: "quarantine", to: quarantined, by })),
    ...(supersededBy === undefined ? [] : await supersessionMove(locked, memory, { supersededBy, by })),
  ];
}

function validityMoves(memory: Standing, input: UpdateMemoryIn, by: Envelope): Draft[] {
  const validAt = input.validAt === undefined ? memory.validAt : timeOf(input.validAt);
  const invalidAt =
    input.invalidAt === undefined
      ? memory.invalidAt
      : input.invalidAt === null
        ? null
        : timeOf(input.invalidAt);
  if (invalidAt !== null && invalidAt < validAt) {
    throw new Refusal("invalid_input", "A memory cannot stop being valid before it begins.", {
      fields: [{ path: "invalidAt", message: "must not be earlier than validAt" }],
    });
  }
  return [
    ...(validAt === memory.validAt
      ? []
      : [draft.set(draftHead(by), memory, { register: "validAt", value: validAt })]),
    ...(invalidAt === memory.invalidAt
      ? []
      : [draft.set(draftHead(by), memory, { register: "invalidAt", value: invalidAt })]),
  ];
}

interface Supersession {
  readonly supersededBy: string | null;
  readonly by: Envelope;
}

/**
 * A newer memory takes an older one's place. The contest is written down beside the supersession: should the supersession
 * alone be taken back, both stand and are shown as contested.
 */
export async function supersessionMove(
  locked: Locked,
  memory: Standing,
  { supersededBy, by }: Supersession,
): Promise<Draft[]> {
  if (supersededBy === null) return lowerFlag(locked, memory, { op: "supersede", by });
  if (supersededBy === memory.supersededBy) return [];
  const newer = knownId<MemoryId>(supersededBy, "memory");
  if (newer === memory.id)
    throw new Refusal("invalid_input", "A memory cannot supersede itself.", {
      fields: [{ path: "supersededBy", message: "names the memory itself; name the newer one" }],
    });
  const { view } = await requireMemory(locked.tx, newer);
  return [draft.contest(draftHead(by), memory, view), draft.supersede(draftHead(by), memory, view)];
}

/** Two memories that cannot both be so stand beside each other as contested until somebody decides. */
export const contestMove = (memory: Standing, rival: Standing, by: Envelope): Draft[] =>
  memory.contestedWith.includes(rival.id) || rival.contestedWith.includes(memory.id)
    ? []
    : [draft.contest(draftHead(by), memory, rival)];

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Objects with their keys in order, so that equal values have equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
