import { append, type Appended } from "@/lib/store/append";
import { CONSTANTS } from "@/lib/domain/parameters";
import { embedAndStore } from "@/lib/search/embeddings";
import { estimate, ndcg } from "@/lib/domain/learning/comparison";
import { liveIndex } from "@/lib/search/catch-up";
import { movedLists, type Move } from "@/lib/queries/blast-radius";
import { planAll, type Planned } from "./apply-all";
import type { CycleMetrics, Predicted } from "@/lib/store/cycles";
import type { CycleRun } from "./cycle-run";
import type { Envelope } from "@/lib/commands/context";
import type { ProposalDraft } from "@/lib/domain/cycle/proposal";
import type { Tx } from "@/lib/store/prisma";

/** Which memories helped in judged recalls, by the recall's id; newest first. */
export type Helped = ReadonlyMap<string, ReadonlySet<string>>;

/** What applying one proposal would do to recent recalls. */
export interface Effect {
  readonly predicted: Predicted;
  /** Recalls that showed a source of a merge and would not show its result. */
  readonly lost: number;
  /** Why it could not be applied. */
  readonly failed: string | null;
}

export interface Rehearsal {
  readonly effects: ReadonlyMap<ProposalDraft, Effect>;
  readonly predicted: CycleMetrics["predicted"];
}

/** Applies all proposals by the code that would do it for good, looks at what recent recalls would show, and rolls it back. */
export async function rehearse(run: CycleRun, drafts: readonly ProposalDraft[], helped: Helped): Promise<Rehearsal> {
  if (drafts.length === 0) return { effects: new Map(), predicted: { ndcgDelta: null, interval: null } };
  await embedTexts(run, drafts);
  let planned: Planned<ProposalDraft> = { drafts: [], made: new Map(), failed: new Map() };
  const writer = { workspaceId: run.ctx.workspaceId, actor: `cycle:${run.id}`, now: run.ctx.now, idempotency: null } as const;
  return append(writer, {
    dryRun: true,
    decide: async (locked) => {
      planned = await planAll(locked, drafts, { envelopeOf: (d) => cycleEnvelope(run, d), at: { seq: run.toSeq, groupId: run.groupId } });
      return planned.drafts;
    },
    answer: (done, tx) => readEffects({ tx, done, planned, helped }),
  });
}

/** Changes of a cycle carry no words of their own: why each was made stands in its proposal, where an erasure finds it. */
export const cycleEnvelope = (run: Pick<CycleRun, "id" | "groupId">, { support }: Pick<ProposalDraft, "support">): Envelope => ({
  actor: `cycle:${run.id}`, cause: { kind: "cycle", stage: "apply" }, groupId: run.groupId, origin: "cycle", session: null, cycleId: run.id, support,
});

/** The text of a merge has its vector before its sources are hidden, so that it is found from the first moment on. */
async function embedTexts(run: CycleRun, drafts: readonly ProposalDraft[]): Promise<void> {
  const { embedder } = await liveIndex(run.ctx.workspaceId);
  const texts = [...new Set(drafts.flatMap((d) => (d.kind === "merge" && typeof d.after === "string" && d.after !== "" ? [d.after] : [])))];
  if (embedder === null || texts.length === 0) return;
  await embedAndStore(run.ctx.workspaceId, texts, { embedder, onBatch: () => Promise.resolve() });
  run.modelCalls += 1;
}

interface Rehearsed {
  readonly tx: Tx;
  readonly done: Appended;
  readonly planned: Planned<ProposalDraft>;
  readonly helped: Helped;
}

async function readEffects({ tx, done, planned, helped }: Rehearsed): Promise<Rehearsal> {
  const { moves } = await movedLists(tx, done);
  const into = new Map(done.changes.flatMap((c) => (c.op === "member" ? [[c.target.id, c.payload.into] as const] : [])));
  const gains = moves.map((move) => gainOf(move, { helped: helped.get(move.retrieval.id), into }));
  const effects = new Map<ProposalDraft, Effect>();
  for (const [proposal, drafts] of planned.made) {
    const ids = new Set<string>(drafts.flatMap((d) => [d.target.id, into.get(d.target.id) ?? d.target.id]));
    const own = moves.flatMap((move, i) => (isTouched(move, ids) ? [{ move, gain: gains[i] ?? null }] : []));
    const sources = proposal.kind === "merge" ? proposal.payload.sources : [];
    const lost = own.filter(({ move }) => sources.some((id) => lists(move.before, id) && !lists(move.after, into.get(id)))).length;
    effects.set(proposal, { predicted: predictedOf(own), lost, failed: null });
  }
  for (const [proposal, failed] of planned.failed) effects.set(proposal, { predicted: predictedOf([]), lost: 0, failed });
  const byRecall = new Map(moves.map((move, i) => [move.retrieval.id, gains[i] ?? null]));
  return { effects, predicted: meanOf([...helped.keys()].map((id) => delta(byRecall.get(id) ?? null) ?? 0)) };
}

const lists = (ids: readonly string[], id: string | undefined): boolean => id !== undefined && ids.includes(id);

/** A move concerns a proposal when one of its memories enters, leaves or changes its place. */
const isTouched = ({ before, after }: Move, ids: ReadonlySet<string>): boolean =>
  [...before, ...after].some((id) => ids.has(id) && before.indexOf(id) !== after.indexOf(id));

interface Gain {
  readonly before: number;
  readonly after: number;
}

/** Where a source helped, the merge's result is as good. */
function gainOf({ before, after }: Move, { helped, into }: { readonly helped: ReadonlySet<string> | undefined; readonly into: ReadonlyMap<string, string> }): Gain | null {
  if (helped === undefined || helped.size === 0) return null;
  const helpedAfter = new Set([...helped].map((id) => into.get(id) ?? id));
  return { before: ndcg(before, helped, CONSTANTS.firstTen), after: ndcg(after, helpedAfter, CONSTANTS.firstTen) };
}

const delta = (gain: Gain | null): number | null => (gain === null ? null : gain.after - gain.before);

const MOST_QUERIES = 10;

function predictedOf(own: readonly { readonly move: Move; readonly gain: Gain | null }[]): Predicted {
  const queries = own.slice(0, MOST_QUERIES).map(({ move: { retrieval }, gain }) => ({ retrievalId: retrieval.id, query: retrieval.query, ndcgBefore: gain?.before ?? null, ndcgAfter: gain?.after ?? null }));
  return { affected: own.length, ...meanOf(own.flatMap(({ gain }) => delta(gain) ?? [])), queries };
}

function meanOf(values: readonly number[]): CycleMetrics["predicted"] {
  const found = estimate(values);
  return { ndcgDelta: found?.mean ?? null, interval: found === null ? null : [found.low, found.high] };
}
