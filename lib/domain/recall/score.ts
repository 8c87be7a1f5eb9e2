import { cuePart, type Learned } from "@/lib/domain/learning/cue";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";

/** What a memory and its declared neighbours offer to one query. Nothing here reads another memory's evidence (law 5). */
export interface Features {
  /** Cosine with the question, −1…1; null while the memory has no vector, or the embedder does not answer. */
  readonly similarity: number | null;
  /** Cosine of its passage nearest to the question; that of the whole while it has no passages. */
  readonly passage: number | null;
  /** BM25 points ≥ 0. */
  readonly keyword: number;
  /** Pairs of the query's neighbouring words that the memory repeats. */
  readonly phrases: number;
  /** What outcomes say, −1…1. */
  readonly utility: number;
  /** What was learned for questions. */
  readonly learned: Learned;
  /** Activation that reaches it over names it shares with what matches, 0…1. */
  readonly graph: number;
  /** Days since it became valid, at the time asked about; ≥ 0. */
  readonly ageDays: number;
  /** The query asks how things stand now. */
  readonly asksNow: boolean;
  /** The query asks how things stand now, and the memory says how they stand at its time. */
  readonly speaksOfNow: boolean;
  /** Days between the time the query names and the one the memory is valid since, 0 inside; null: it names none. */
  readonly daysOutside: number | null;
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
export function scoreOf(
  features: Features,
  p: Parameters,
): { readonly score: number; readonly parts: Parts } {
  const { similarity, keyword } = matchOf(features, p);
  const parts: Parts = {
    similarity,
    keyword,
    utility: p["recall.weight.utility"] * features.utility,
    graph: p["recall.weight.graph"] * features.graph,
    recency: recencyPart(features, p),
    cue: cuePart(features.learned, similarity, p),
    context: contextPart(features, p),
  };
  return { score: PART_NAMES.reduce((sum, name) => sum + parts[name], 0), parts };
}

/** What the words of a memory offer by themselves: the parts that look at neither its past nor its neighbours. */
export const matchOf = (
  own: Pick<Features, "similarity" | "passage" | "keyword" | "phrases">,
  p: Parameters,
): Pick<Parts, "similarity" | "keyword"> => ({
  similarity:
    p["recall.weight.similarity"] * similarityScale(own.similarity, p) +
    p["recall.weight.passage"] * similarityScale(own.passage, p),
  keyword:
    p["recall.weight.keyword"] * keywordScale(own.keyword, p) +
    p["recall.weight.phrase"] * Math.min(own.phrases, p["recall.phrase.most"]),
});

/** ŝ = clip((cos − c0)/(c1 − c0), 0, 1). */
export function similarityScale(cosine: number | null, p: Parameters): number {
  if (cosine === null) return 0;
  const floor = p["recall.similarity.floor"];
  return Math.min(1, Math.max(0, (cosine - floor) / (p["recall.similarity.ceiling"] - floor)));
}

/** k̂ = BM25/(BM25 + h), 0…1, one half at h points. */
export const keywordScale = (points: number, p: Parameters): number =>
  points / (points + p["recall.keyword.halfScore"]);

/**
 * Newer is better, slowly; for a question about the present quickly, as far as the memory matches it: of two that say the same with other
 * values the later one leads, and what merely is new stays where it was.
 */
function recencyPart(features: Features, p: Parameters): number {
  const { ageDays, asksNow, speaksOfNow, passage, keyword } = features;
  const slowly =
    p["recall.weight.recency"] / (1 + ageDays / (CONSTANTS.daysPerYear * p["recall.recency.years"]));
  if (!asksNow) return slowly;
  const match = (similarityScale(passage, p) + keywordScale(keyword, p)) / 2;
  const quickly = (p["recall.weight.now"] * match ** 2) / (1 + ageDays / p["recall.now.days"]);
  return slowly + quickly + p["recall.weight.saysNow"] * (speaksOfNow ? 1 : 0);
}

/** Who said it and when, what was said around it, whether it answers what was asked before it, and how much it says at all. */
function contextPart(features: Features, p: Parameters): number {
  const match = ({ similarity, keyword }: Pick<Neighbour, "similarity" | "keyword">) =>
    (similarityScale(similarity, p) + keywordScale(keyword, p)) / 2;
  const around = Math.max(
    0,
    ...features.neighbours.map((n) => match(n) * p["recall.context.decay"] ** (n.turns - 1)),
  );
  const length = Math.min(1, Math.log2(1 + features.length) / p["recall.length.full"]);
  return (
    p["recall.weight.context"] * around +
    p["recall.weight.answer"] * (features.asked === null ? 0 : match(features.asked)) +
    p["recall.weight.speaker"] * features.speaker +
    p["recall.weight.time"] * (features.namesTime ? 1 : 0) +
    p["recall.weight.window"] * windowScale(features.daysOutside, p) +
    p["recall.weight.length"] * length
  );
}

/** 1 inside the time that the question names, falling to 0 over the days next to it; 0 when it names none. */
export const windowScale = (daysOutside: number | null, p: Parameters): number =>
  daysOutside === null ? 0 : Math.max(0, 1 - daysOutside / p["recall.window.days"]);
