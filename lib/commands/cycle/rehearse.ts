import { append, type Appended } from "@/lib/store/append";
import { delta, gainOf, meanOf, predictedOf, type Helped, type Into } from "./own-effects";
import { embedAndStore } from "@/lib/search/embeddings";
import { isTuning, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { liveIndex } from "@/lib/search/live-index";
import { planAll, type Planned } from "./apply-all";
import { replayed } from "@/lib/queries/blast-radius";
import { rehearseTunings } from "./rehearse-tunings";
import type { CycleMetrics, Predicted } from "@/lib/store/cycles";
import type { CycleRun } from "./cycle-run";
import type { Envelope } from "@/lib/commands/context";
import type { Tx } from "@/lib/store/prisma";

/** What applying one proposal, and nothing else, would do to recent recalls. */
export interface Effect {
  readonly predicted: Predicted;
  /** Recalls that showed a source of a merge and would not show its result. */
  readonly lost: number;
  /** Why it could not be applied. */
  readonly failed: string | null;
}

export interface Rehearsal {
  readonly effects: ReadonlyMap<ProposalDraft, Effect>;
  /** Of all of them together. */
  readonly predicted: CycleMetrics["predicted"];
}

/** Applies all proposals by the code that would do it for good, looks at what recent recalls would show, and rolls it back. */
export async function rehearse(
  run: CycleRun,
  drafts: readonly ProposalDraft[],
  helped: Helped,
): Promise<Rehearsal> {
  if (drafts.length === 0) return { effects: new Map(), predicted: { ndcgDelta: null, interval: null } };
  await embedTexts(run, drafts);
  const tuned = await rehearseTunings(run, drafts, helped);
  let planned: Planned<ProposalDraft> = { drafts: [], made: new Map(), failed: new Map() };
  const writer = {
    workspaceId: run.ctx.workspaceId,
    actor: `cycle:${run.id}`,
    now: run.ctx.now,
    idempotency: null,
  } as const;
  return append(writer, {
    dryRun: true,
    decide: async (locked) => {
      planned = await planAll(locked, drafts, {
        envelopeOf: (d) => cycleEnvelope(run, d),
        at: { seq: run.toSeq, groupId: run.groupId },
      });
      return planned.drafts;
    },
    answer: (done, tx) => readEffects({ tx, done, planned, helped, tuned }),
  });
}

/** Changes of a cycle carry no words of their own: why each was made stands in its proposal, where an erasure finds it. */
export const cycleEnvelope = (
  run: Pick<CycleRun, "id" | "groupId">,
  { support }: Pick<ProposalDraft, "support">,
): Envelope => ({
  actor: `cycle:${run.id}`,
  cause: { kind: "cycle", stage: "apply" },
  groupId: run.groupId,
  origin: "cycle",
  session: null,
  cycleId: run.id,
  support,
});

/** The text of a merge has its vector before its sources are hidden, so that it is found from the first moment on. */
async function embedTexts(run: CycleRun, drafts: readonly ProposalDraft[]): Promise<void> {
  const { embedder } = await liveIndex(run.ctx.workspaceId);
  const texts = [
    ...new Set(
      drafts.flatMap((d) =>
        d.kind === "merge" && typeof d.after === "string" && d.after !== "" ? [d.after] : [],
      ),
    ),
  ];
  if (embedder === null || texts.length === 0) return;
  await embedAndStore(run.ctx.workspaceId, texts, { embedder, onBatch: () => Promise.resolve() });
  run.modelCalls += 1;
}

interface Rehearsed {
  readonly tx: Tx;
  readonly done: Appended;
  readonly planned: Planned<ProposalDraft>;
  readonly helped: Helped;
  readonly tuned: ReadonlyMap<ProposalDraft, Predicted>;
}

/**
 * Proposals of one cycle never share a target, and a score reads no other memory's state (law 5), so what the rehearsal of all
 * did to a proposal's own memories is what it would do by itself: the other memories are put back, and the lists drawn again.
 */
async function readEffects({ tx, done, planned, helped, tuned }: Rehearsed): Promise<Rehearsal> {
  const { movesOf } = await replayed(tx, done);
  const into: Into = new Map(
    done.changes.flatMap((c) => (c.op === "member" ? [[c.target.id, c.payload.into] as const] : [])),
  );
  const effects = new Map<ProposalDraft, Effect>();
  for (const [proposal, drafts] of planned.made) {
    const ids = new Set<string>(drafts.flatMap((d) => [d.target.id, into.get(d.target.id) ?? d.target.id]));
    const moves = isTuning(proposal.kind) ? [] : movesOf(ids);
    const sources = proposal.kind === "merge" ? proposal.payload.sources : [];
    const lost = moves.filter((move) =>
      sources.some((id) => lists(move.before, id) && !lists(move.after, into.get(id))),
    ).length;
    effects.set(proposal, {
      predicted: tuned.get(proposal) ?? predictedOf(moves, { helped, into: onlyOf(into, ids), ids }),
      lost,
      failed: null,
    });
  }
  for (const [proposal, failed] of planned.failed)
    effects.set(proposal, { predicted: predictedOf([], { helped, into, ids: new Set() }), lost: 0, failed });
  const byRecall = new Map(movesOf(null).map((move) => [move.retrieval.id, gainOf(move, { helped, into })]));
  const moved = [...byRecall].flatMap(([id, gain]) => (gain === null ? [] : [{ id, ...gain }]));
  return {
    effects,
    predicted: {
      ...meanOf([...helped.keys()].map((id) => delta(byRecall.get(id) ?? null) ?? 0)),
      queries: moved,
    },
  };
}

/** What helped and is merged by another proposal stays where it is while this one is looked at. */
const onlyOf = (into: Into, ids: ReadonlySet<string>): Into =>
  new Map([...into].filter(([source]) => ids.has(source)));

const lists = (ids: readonly string[], id: string | undefined): boolean =>
  id !== undefined && ids.includes(id);
