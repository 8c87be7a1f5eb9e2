import { append, type Locked } from "@/lib/store/append";
import { envelope, type Context, type Envelope } from "./context";
import { flagMove, kindMove, lifecycleMove, tagsMove } from "./moves";
import { isKnownForm } from "@/lib/domain/ids";
import { KINDS, type Kind } from "@/lib/domain/memory/memory";
import { matchingMemories } from "@/lib/queries/matching-memories";
import type { Standing } from "@/lib/queries/memory-rows";
import { Refusal, unreachable } from "@/lib/domain/errors";
import { writtenChanges } from "@/lib/queries/written";
import type { BULK_ACTIONS } from "@/lib/contracts/memory";
import type { Draft } from "@/lib/domain/ledger/change";

type Action = (typeof BULK_ACTIONS)[number];

export interface BulkInput {
  readonly ids?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly lifecycle?: "active" | "archived" | "deleted" | "all" | undefined;
  readonly action: Action;
  readonly value?: string | undefined;
  readonly reason?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Does one thing to many memories, chosen by id or by the server, as one group: one undo for all of them. */
export async function bulkMemories(ctx: Context, input: BulkInput) {
  requireValue(input);
  const by = envelope(ctx, { reason: input.reason });
  let matched = 0;
  let changed = 0;
  return append(ctx, {
    dryRun: input.dryRun,
    decide: async (locked) => {
      const memories = await matchingMemories(locked.tx, {
        ...input,
        ids: input.ids?.filter(isKnownForm),
        now: locked.at,
      });
      const drafts: Draft[] = [];
      for (const memory of memories) {
        const moves = await movesOf(locked, memory, { input, by });
        if (moves.length > 0) changed += 1;
        drafts.push(...moves);
      }
      matched = memories.length;
      return drafts;
    },
    answer: async (done, tx) => ({
      dryRun: input.dryRun ?? false,
      groupId: done.groupId,
      matched,
      changed,
      changes: await writtenChanges(tx, done, MOST_SHOWN),
    }),
  });
}

const MOST_SHOWN = 200;

function requireValue({ action, value }: BulkInput): void {
  if (action !== "setKind" || isKind(value)) return;
  throw new Refusal("invalid_input", `There is no kind ${JSON.stringify(value)}.`, {
    fields: [{ path: "value", message: `give one of ${KINDS.join(", ")}` }],
  });
}

const isKind = (value: string | undefined): value is Kind => KINDS.some((kind) => kind === value);

interface Asked {
  readonly input: BulkInput;
  readonly by: Envelope;
}

async function movesOf(locked: Locked, memory: Standing, { input, by }: Asked): Promise<Draft[]> {
  const { action, value = "" } = input;
  switch (action) {
    case "archive":
      return lifecycleMove(memory, "archived", by);
    case "restore":
      return lifecycleMove(memory, "active", by);
    case "delete":
      return lifecycleMove(memory, "deleted", by);
    case "pin":
      return flagMove(locked, memory, { op: "pin", to: true, by });
    case "unpin":
      return flagMove(locked, memory, { op: "pin", to: false, by });
    case "quarantine":
      return flagMove(locked, memory, { op: "quarantine", to: true, by });
    case "release":
      return flagMove(locked, memory, { op: "quarantine", to: false, by });
    case "setKind":
      return isKind(value) ? kindMove(memory, value, by) : [];
    case "addTag":
      return tagsMove(memory, [...memory.tags, value], by);
    case "removeTag":
      return tagsMove(
        memory,
        memory.tags.filter((tag) => tag !== value),
        by,
      );
    default:
      return unreachable(action);
  }
}
