import { CONSTANTS } from "@/lib/domain/parameters";
import { estimate, ndcg } from "@/lib/domain/learning/comparison";
import type { CycleMetrics, Predicted } from "@/lib/store/cycles";
import type { Move } from "@/lib/queries/blast-radius";

/** Which memories helped in judged recalls, by the recall's id; newest first. */
export type Helped = ReadonlyMap<string, ReadonlySet<string>>;

interface Gain {
  readonly before: number;
  readonly after: number;
}

/** What replaces what: a merge's sources by their result. */
export type Into = ReadonlyMap<string, string>;

/** nDCG@10 of a judged recall; where a source helped, the merge's result is as good. null: nobody judged it. */
export function gainOf(
  { retrieval, before, after }: Move,
  { helped, into }: { readonly helped: Helped; readonly into: Into },
): Gain | null {
  const useful = helped.get(retrieval.id);
  if (useful === undefined || useful.size === 0) return null;
  const usefulAfter = new Set([...useful].map((id) => into.get(id) ?? id));
  return {
    before: ndcg(before, useful, CONSTANTS.firstTen),
    after: ndcg(after, usefulAfter, CONSTANTS.firstTen),
  };
}

export const delta = (gain: Gain | null): number | null => (gain === null ? null : gain.after - gain.before);

/** Logged queries that are named; all are counted. */
const MOST_QUERIES = 10;

interface Own {
  readonly helped: Helped;
  readonly into: Into;
  /** The memories it is about, with what would stand in for them. */
  readonly ids: ReadonlySet<string>;
}

/** What one proposal by itself does to recent recalls, from those lists that it alone would move; the largest losses first. */
export function predictedOf(moves: readonly Move[], own: Own): Predicted {
  const seen = moves.map((move) => ({ move, gain: gainOf(move, own) }));
  const worstFirst = [...seen].sort((a, b) => (delta(a.gain) ?? 0) - (delta(b.gain) ?? 0));
  const queries = worstFirst.slice(0, MOST_QUERIES).map(({ move, gain }) => ({
    retrievalId: move.retrieval.id,
    query: move.retrieval.query,
    ndcgBefore: gain?.before ?? null,
    ndcgAfter: gain?.after ?? null,
    rankBefore: bestRank(move.before, own.ids),
    rankAfter: bestRank(move.after, own.ids),
  }));
  return { affected: moves.length, ...meanOf(seen.flatMap(({ gain }) => delta(gain) ?? [])), queries };
}

/** From 1; null: none of them is in the list. */
function bestRank(list: readonly string[], ids: ReadonlySet<string>): number | null {
  const found = list.findIndex((id) => ids.has(id));
  return found < 0 ? null : found + 1;
}

export function meanOf(values: readonly number[]): CycleMetrics["predicted"] {
  const found = estimate(values);
  return { ndcgDelta: found?.mean ?? null, interval: found === null ? null : [found.low, found.high] };
}
