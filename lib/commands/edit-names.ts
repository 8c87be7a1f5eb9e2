import { append, type Appended, type Locked } from "@/lib/store/append";
import { blastRadius } from "@/lib/queries/blast-radius";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, type Context, type Envelope } from "./context";
import { labelOf } from "@/lib/queries/memory-out";
import { liveAssertions } from "@/lib/queries/assertions";
import { registerMoves } from "@/lib/domain/ledger/preview";
import { writtenChanges } from "@/lib/queries/written";
import type { Draft, Op } from "@/lib/domain/ledger/change";
import type { EdgeId, EntityId } from "@/lib/domain/ids";
import type { Tx } from "@/lib/store/prisma";

export interface NamesEdit {
  readonly decide: (locked: Locked) => Promise<readonly Draft[]>;
  readonly dryRun?: boolean | undefined;
}

/** What every edit of names answers: the changes, what they move, and which recent recalls would show another list. */
export type NamesEdited = Awaited<ReturnType<typeof told>>;

/** Appends what is said of names; with `dryRun` the same code runs to its end and is thrown away. */
export async function editNames(ctx: Context, { decide, dryRun = false }: NamesEdit): Promise<NamesEdited> {
  return append(ctx, { dryRun, decide, answer: (done, tx) => told(done, tx, dryRun) });
}

async function told(done: Appended, tx: Tx, dryRun: boolean) {
  const effects = registerMoves(done, done.parameters).map((move) => ({
    ...move,
    label: labelOf(move.label),
  }));
  return {
    dryRun,
    groupId: done.groupId,
    changes: await writtenChanges(tx, done),
    effects,
    // Only a preview is asked what would follow; the act itself need not make everybody else wait for it.
    blastRadius: dryRun ? await blastRadius(tx, done, true) : { retrievals: 0, affected: 0, moves: [] },
  };
}

/** A flag of a name is lowered by reverting all changes that raise it. */
export async function lower(
  locked: Locked,
  on: EntityId | EdgeId,
  { op, by }: { readonly op: Op; readonly by: Envelope },
): Promise<Draft[]> {
  const asserting = await liveAssertions(locked.tx, on, op);
  return asserting.map((change) => draft.revert(draftHead(by), change));
}
