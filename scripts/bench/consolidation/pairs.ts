import { chance, fitLogistic, logOdds } from "./fit";
import { bestF1, pointAt, pointsOf, recallAt, type Judged } from "./curve";
import { rounded, type Row } from "../report";
import { readLines } from "../data";

import path from "node:path";

import { rarityIn } from "@/lib/commands/cycle/compared-pairs";
import { claimsOf } from "@/lib/domain/consolidation/claims";
import { guardsAgainst } from "@/lib/domain/consolidation/guards";
import { pairCertainty, scoredOf } from "@/lib/domain/consolidation/pair-score";
import { pairFeatures, type PairFeatures } from "@/lib/domain/consolidation/pair-features";
import { wordingOf, type Reader } from "@/lib/domain/consolidation/wording";
import { PARAMETERS } from "@/lib/domain/parameters";
import { FIRST_EPOCH } from "@/lib/domain/recall/epoch";
import { dot } from "@/lib/domain/vector";
import { getEmbedder } from "@/lib/models/embedder";
import { ANTONYM_STEMS, readerWith } from "@/lib/search/reader";

interface DataPair {
  readonly a: string;
  readonly b: string;
  /** null: the data's authors do not say. */
  readonly duplicate: 0 | 1 | null;
  readonly relation: string | null;
  readonly source: string;
}

interface Measured {
  readonly source: string;
  readonly isSame: boolean;
  readonly contradicts: boolean;
  readonly features: PairFeatures;
  readonly isStopped: boolean;
}

const PRECISION = 0.95;
const FOLDS = 5;
const LEAST_PAIRS = 100;

/** Pairs of texts that people judged: what the score tells apart, beside its two simplest measures alone. */
export async function pairs(dataFolder: string): Promise<Row[]> {
  const all = await measurePairs(dataFolder);
  const judgedBy = (score: (m: Measured, i: number) => number) =>
    all.map((m, i) => ({ score: score(m, i), isSame: m.isSame }));
  const ours = all.map((m) => (m.isStopped ? 0 : pairCertainty(m.features)));
  const held = crossValidated(all);
  const ways = {
    ours: judgedBy((_, i) => ours[i] ?? 0),
    "on the fifth left out": judgedBy((_, i) => held[i] ?? 0),
    "cosine alone": judgedBy((m) => m.features.cosine),
    "Jaccard alone": judgedBy((m) => m.features.jaccard),
  };
  const figures = Object.entries(ways).map(([name, judged]) => ({
    name,
    f1: bestF1(pointsOf(judged)),
    sure: recallAt(pointsOf(judged), PRECISION),
    judged,
  }));
  const merged = (judged: readonly Judged[], threshold: number) => {
    const contradicting = judged.filter((_, i) => all[i]?.contradicts);
    return contradicting.filter((j) => j.score >= threshold).length / Math.max(1, contradicting.length);
  };
  const [own, ...others] = figures;
  if (own === undefined) return [];
  const beside = (figure: (f: (typeof figures)[number]) => number) =>
    others.map((f) => `${f.name} ${rounded(figure(f))}`).join(", ");
  const accept = PARAMETERS["cycle.accept.merge"].default;
  return [
    row("pairs F1", own.f1.f1, { unit: `${all.length} pairs`, baseline: beside((f) => f.f1.f1) }),
    row("pairs recall at precision .95", own.sure.recall, {
      unit: `from ${rounded(own.sure.threshold)}`,
      baseline: beside((f) => f.sure.recall),
      target: "≥ .35",
    }),
    row("pairs contradictions merged", merged(own.judged, accept), {
      unit: `of ${all.filter((m) => m.contradicts).length}, at ${accept}`,
      baseline: beside((f) => merged(f.judged, f.f1.threshold)),
      target: "≤ .10",
    }),
    ...[...new Set(all.map((m) => m.source))].flatMap((source) => {
      const of = (judged: readonly Judged[]) => pointsOf(judged.filter((_, i) => all[i]?.source === source));
      return [
        row(
          `pairs of ${source} recall at precision .95`,
          recallAt(of(ways["on the fifth left out"]), PRECISION).recall,
          {
            unit: "on the fifth left out",
            baseline: `F1 ${rounded(bestF1(of(ways["on the fifth left out"])).f1)}`,
          },
        ),
      ];
    }),
    ...operatingCurve(ways["on the fifth left out"]),
  ];
}

const THRESHOLDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97];

/** What each threshold costs: of what is merged the false share, and of what should be merged the missed one. */
function operatingCurve(judged: readonly Judged[]): Row[] {
  const points = pointsOf(judged);
  return THRESHOLDS.map((threshold) => {
    const { precision, recall } = pointAt(points, threshold);
    return row(`merging from ${threshold}: false merges`, 1 - precision, {
      unit: "share of the merged",
      baseline: `missed ${rounded(1 - recall)}`,
    });
  });
}

/** A figure of this section; `more` holds what it is compared with. */
export const row = (what: string, figure: number, more: Pick<Row, "unit" | "baseline" | "target">): Row => ({
  section: "consolidation",
  what,
  figure,
  ...more,
});

/** Fitted anew on four fifths at a time, by what the product's own coefficients were fitted by. */
function crossValidated(all: readonly Measured[]): number[] {
  const rows = all.map((m) => Object.values(scoredOf(m.features)));
  const scores = new Array<number>(all.length).fill(0);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const inside = all.flatMap((m, i) => (i % FOLDS !== fold && !m.isStopped ? [i] : []));
    const fit = fitLogistic(
      inside.map((i) => rows[i] ?? []),
      inside.map((i) => all[i]?.isSame ?? false),
    );
    for (const [i, m] of all.entries())
      if (i % FOLDS === fold && !m.isStopped) scores[i] = chance(logOdds(rows[i] ?? [], fit));
  }
  return scores;
}

async function measurePairs(dataFolder: string): Promise<Measured[]> {
  const judged = (await readLines<DataPair>(path.join(dataFolder, "dedupe", "pairs.jsonl"))).filter(
    (pair) => pair.duplicate !== null,
  );
  const texts = [...new Set(judged.flatMap(({ a, b }) => [a, b]))];
  const reader = readerWith(namesIn(texts));
  const read = new Map(
    texts.map((text) => [text, { wording: wordingOf(text, reader), claims: claimsOf(text, reader) }]),
  );
  const rarity = rarityOf(texts, reader);
  const vectors = await vectorsOf(texts);
  const empty = { wording: wordingOf("", reader), claims: [] };
  return judged.map(({ a, b, duplicate, relation, source }) => {
    const [first, second] = [read.get(a) ?? empty, read.get(b) ?? empty];
    const both = { a: first.wording, b: second.wording };
    return {
      source: source.split(":")[0] ?? source,
      isSame: duplicate === 1,
      contradicts: relation === "contradiction",
      features: pairFeatures({ ...both, cosine: vectors(a, b), rarity }),
      isStopped:
        guardsAgainst({
          ...both,
          antonyms: ANTONYM_STEMS,
          claims: [first.claims, second.claims],
          times: null,
        }).length > 0,
    };
  });
}

/** Words that are written with a capital inside sentences more often than not. */
export function namesIn(texts: readonly string[]): (word: string) => boolean {
  const balance = new Map<string, number>();
  for (const text of texts) {
    for (const [word] of text.matchAll(/(?<=[\p{L},;] )\p{L}+/gu)) {
      const lower = word.toLowerCase();
      balance.set(lower, (balance.get(lower) ?? 0) + (word === lower ? -1 : 1));
    }
  }
  return (word) => (balance.get(word) ?? 0) > 0;
}

/** As a store that holds these texts counts its words. */
function rarityOf(texts: readonly string[], reader: Reader): (stem: string) => number {
  const frequencies = new Map<string, number>();
  for (const text of texts)
    for (const stem of wordingOf(text, reader).said) frequencies.set(stem, (frequencies.get(stem) ?? 0) + 1);
  return rarityIn({ ...FIRST_EPOCH, documents: texts.length, frequencies });
}

async function vectorsOf(texts: readonly string[]): Promise<(a: string, b: string) => number> {
  const embedder = await getEmbedder();
  const vectors = new Map<string, Float32Array>();
  for (let from = 0; from < texts.length; from += LEAST_PAIRS) {
    const part = texts.slice(from, from + LEAST_PAIRS);
    for (const [i, vector] of (await embedder.embed(part)).entries()) vectors.set(part[i] ?? "", vector);
  }
  const none = new Float32Array(embedder.dimensions);
  return (a, b) => dot(vectors.get(a) ?? none, vectors.get(b) ?? none);
}
