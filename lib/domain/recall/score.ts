import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";

/** What a memory and its declared neighbours offer to one query. Nothing here reads another memory's evidence (law 5). */
export interface Features {
  /** Cosine with the question, −1…1; null while the memory has no vector, or the embedder does not answer. */
  readonly similarity: number | null;
  /** BM25 points ≥ 0. */
  readonly keyword: number;
  /** Pairs of the query's neighbouring words that the memory repeats. */
  readonly phrases: number;
  /** What outcomes say, −1…1. */
  readonly utility: number;
  /** Days since it became valid, at the time asked about; ≥ 0. */
  readonly ageDays: number;
  /** 1: the query names its speaker; −1: it names others only; 0: it names nobody, or the speaker is unknown. */
  readonly speaker: -1 | 0 | 1;
  /** The query asks when, and the memory names a time. */
  readonly namesTime: boolean;
  /** Words, stop words left out. */
  readonly length: number;
  /** Neighbours in the session with their distance in turns. */
  readonly neighbours: readonly Neighbour[];
  /** The turn before, when somebody else asked something in it. */
  readonly asked: Pick<Neighbour, "similarity" | "keyword"> | null;
}

export interface Neighbour {
  readonly turns: number;
  readonly similarity: number | null;
  readonly keyword: number;
}

export const PART_NAMES = ["similarity", "keyword", "utility", "graph", "recency", "cue", "context"] as const;
export type PartName = (typeof PART_NAMES)[number];
export type Parts = Readonly<Record<PartName, number>>;

/**
 * The score as named parts on fixed scales, and their sum. No part is relative to the other candidates, so a change in one
 * memory moves that memory (and its declared neighbours' context) and never swaps two others.
 */
export function scoreOf(features: Features, p: Parameters): { readonly score: number; readonly parts: Parts } {
  const parts: Parts = {
    similarity: p["recall.weight.similarity"] * similarityScale(features.similarity, p),
    keyword: p["recall.weight.keyword"] * keywordScale(features.keyword, p) + p["recall.weight.phrase"] * Math.min(features.phrases, p["recall.phrase.most"]),
    utility: p["recall.weight.utility"] * features.utility,
    graph: 0,
    recency: p["recall.weight.recency"] / (1 + features.ageDays / (CONSTANTS.daysPerYear * p["recall.recency.years"])),
    cue: 0,
    context: contextPart(features, p),
  };
  return { score: PART_NAMES.reduce((sum, name) => sum + parts[name], 0), parts };
}

/** ŝ = clip((cos − c0)/(c1 − c0), 0, 1). */
export function similarityScale(cosine: number | null, p: Parameters): number {
  if (cosine === null) return 0;
  const floor = p["recall.similarity.floor"];
  return Math.min(1, Math.max(0, (cosine - floor) / (p["recall.similarity.ceiling"] - floor)));
}

/** k̂ = BM25/(BM25 + h), 0…1, one half at h points. */
export const keywordScale = (points: number, p: Parameters): number => points / (points + p["recall.keyword.halfScore"]);

/** Who said it, what was said around it, whether it answers what was asked before it, and how much it says at all. */
function contextPart(features: Features, p: Parameters): number {
  const match = ({ similarity, keyword }: Pick<Neighbour, "similarity" | "keyword">) => (similarityScale(similarity, p) + keywordScale(keyword, p)) / 2;
  const around = Math.max(0, ...features.neighbours.map((n) => match(n) * p["recall.context.decay"] ** (n.turns - 1)));
  const length = Math.min(1, Math.log2(1 + features.length) / p["recall.length.full"]);
  return (
    p["recall.weight.context"] * around +
    p["recall.weight.answer"] * (features.asked === null ? 0 : match(features.asked)) +
    p["recall.weight.speaker"] * features.speaker +
    p["recall.weight.time"] * (features.namesTime ? 1 : 0) +
    p["recall.weight.length"] * length
  );
}
