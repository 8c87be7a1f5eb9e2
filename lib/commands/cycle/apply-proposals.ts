import { append, type Appended } from "@/lib/store/append";
import { cycleEnvelope } from "./rehearse";
import { planAll, type Planned } from "./apply-all";
import { requireLease, requireWanted, type CycleRun } from "./cycle-run";
import { settleProposals, type Settled } from "@/lib/store/cycles";
import type { Draft } from "@/lib/domain/ledger/change";
import type { Gated } from "./gate-proposals";
import type { Support } from "@/lib/domain/ledger/change";

type Ready = Gated["draft"] & { readonly rowId: string; readonly support: Support | null };

/**
 * Applies what is safe: one append, so all of it or nothing, in the transaction that also writes down which proposals it was
 * and holds the lease. Whoever was cancelled or lost the lease in between writes nothing.
 */
export async function applyProposals(run: CycleRun, gated: readonly Gated[]) {
  const waiting = gated.filter((g) => g.row.state === "waiting");
  const low = waiting.filter((g) => g.row.risk === "low");
  if (run.dryRun || low.length === 0)
    return {
      counts: { applied: 0, queued: waiting.length - (run.dryRun ? 0 : low.length), changes: 0 },
      value: null,
    };
  const ready = low.map(({ draft, row }): Ready => ({ ...draft, rowId: row.id }));
  let planned: Planned<Ready> = { drafts: [], made: new Map(), failed: new Map() };
  const writer = {
    workspaceId: run.ctx.workspaceId,
    actor: `cycle:${run.id}`,
    now: run.ctx.now,
    idempotency: null,
  } as const;
  const done = await append(writer, {
    decide: async (locked) => {
      await requireLease(locked.tx, run);
      await requireWanted(locked.tx, run);
      planned = await planAll(locked, ready, {
        envelopeOf: (p) => cycleEnvelope(run, p),
        at: { seq: run.toSeq, groupId: run.groupId },
      });
      return planned.drafts;
    },
    answer: async (appended, tx): Promise<Appended> => {
      await settleProposals(
        tx,
        outcomesOf(planned, { at: new Date(appended.at), by: `cycle:${run.id}`, reason: null }),
      );
      return appended;
    },
  });
  return {
    counts: { applied: planned.made.size, queued: waiting.length - low.length, changes: done.changes.length },
    value: done,
  };
}

/** What became of each proposal, to be written down where it came to be. */
export function outcomesOf<T extends { readonly rowId: string }>(
  planned: Planned<T>,
  given: { readonly at: Date; readonly by: string; readonly reason: string | null },
): Settled[] {
  const ids = (drafts: readonly Draft[]) => drafts.map((d) => d.id);
  return [
    ...[...planned.made].map(([p, drafts]): Settled => ({
      id: p.rowId,
      state: "applied",
      changeIds: ids(drafts),
      ...given,
    })),
    ...[...planned.failed].map(([p, why]): Settled => ({
      id: p.rowId,
      state: "failed",
      ...given,
      reason: why,
    })),
  ];
}
