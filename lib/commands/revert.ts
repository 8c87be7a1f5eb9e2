import { append, type Act, type Appended } from "@/lib/store/append";
import { blastRadius } from "@/lib/queries/blast-radius";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, type Context } from "./context";
import { labelOf } from "@/lib/queries/memory-out";
import { liveIndex } from "@/lib/search/live-index";
import { registerMoves, switched } from "@/lib/domain/ledger/preview";
import { NOTHING_SELECTED, selectForRevert, type RevertSelection } from "@/lib/queries/revert-selection";
import { writtenChanges } from "@/lib/queries/written";
import type { CreateRevertIn } from "@/lib/contracts/change";
import type { Tx } from "@/lib/store/prisma";

const MOST_EFFECTS = 500;

/** What a revert is heard to do while it is done. */
export interface RevertWatch {
  readonly onChosen?: (count: number) => void;
  readonly onApplied?: (done: Appended) => void;
}

/**
 * Takes changes back: one, a group, a cycle or a selection, as one group of revert changes in one transaction. The preview
 * is the same call with `dryRun`. Redo is the revert of the revert. What is already reverted is left as it is.
 */
export async function revert(ctx: Context, input: CreateRevertIn, watch: RevertWatch = {}) {
  const by = envelope(ctx, { reason: input.reason });
  let selection = NOTHING_SELECTED;
  const act: Act<Awaited<ReturnType<typeof answer>>> = {
    dryRun: input.dryRun,
    decide: async (locked) => {
      selection = await selectForRevert(locked.tx, input);
      watch.onChosen?.(selection.changes.length);
      return selection.changes.map((change) => draft.revert(draftHead(by), change));
    },
    answer: (done, tx) => {
      watch.onApplied?.(done);
      return answer({ done, tx, selection, input });
    },
  };
  // What neighbours lend can be told by an index alone, and one is not made while the ledger is locked.
  if (input.dryRun) await liveIndex(ctx.workspaceId).catch(() => null);
  return append(ctx, act);
}

interface Done {
  readonly done: Appended;
  readonly tx: Tx;
  readonly selection: RevertSelection;
  readonly input: CreateRevertIn;
}

async function answer({ done, tx, selection, input }: Done) {
  const moves = registerMoves(done, done.parameters);
  const nothingLeft = selection.changes.length === 0 && selection.alreadyReverted.length > 0;
  return {
    dryRun: input.dryRun ?? false,
    groupId: done.groupId,
    ...(nothingLeft ? { alreadyReverted: true } : {}),
    reverted: selection.changes.map((c) => c.id),
    ...switched(done),
    unsupported: done.support.filter((s) => s.unsupported).map((s) => s.change.id),
    erased: selection.erased.map((c) => c.id),
    ...contaminationOut(selection),
    effects: moves.slice(0, MOST_EFFECTS).map((move) => ({ ...move, label: labelOf(move.label) })),
    effectCount: moves.length,
    blastRadius: await blastRadius(tx, done, input.dryRun === true),
    changes: await writtenChanges(tx, done),
  };
}

function contaminationOut({ contamination, changes }: RevertSelection) {
  const { level, chosen, memories, blame, all } = contamination;
  if (all === 0) return {};
  const taken = new Set<string>(changes.map((c) => c.id));
  return {
    contaminated: chosen.map((c) => c.id).filter((id) => taken.has(id)),
    contamination: { level, memories, blame, all },
  };
}
