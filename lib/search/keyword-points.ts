import { inverseFrequency } from "@/lib/domain/recall/epoch";
import { keywordTerm } from "@/lib/domain/recall/keyword";
import { stemsOf } from "./tokenize";
import type { Search } from "./rank";
import type { WorkspaceIndex } from "./workspace-index";

/** The words of a query: its stems without the names of speakers, and those names. */
interface Words {
  readonly stems: readonly string[];
  readonly named: readonly string[];
}

type Statistics = Pick<Search, "epoch" | "parameters">;

/**
 * BM25 points ≥ 0 of every memory, by key. A speaker's name counts less than another word, and only in what they said
 * themselves or nobody in particular said: in what others say it is mostly how they are addressed.
 */
export function keywordPoints(
  index: WorkspaceIndex,
  { epoch, parameters }: Statistics,
  { stems, named }: Words,
): Float32Array {
  const points = new Float32Array(index.memories.length);
  const add = (stem: string, factorOf: (key: number) => number): void => {
    const list = index.postings.list(index.postings.find(stem) ?? -1);
    if (!list) return;
    const idf = inverseFrequency(epoch, stem);
    const { lengths } = index.columns;
    for (let i = 0; i < list.length; i += 1) {
      const key = list.keyAt(i);
      const word = { idf, occurrences: list.occurrencesAt(i), length: lengths[key] ?? 0 };
      points[key] = (points[key] ?? 0) + factorOf(key) * keywordTerm(word, epoch, parameters);
    }
  };
  const ofSpeaker = (key: number): number => {
    const speaker = index.memories[key]?.speaker ?? null;
    return speaker === null || named.includes(speaker) ? parameters["recall.keyword.name"] : 0;
  };
  for (const stem of new Set(stems)) add(stem, () => 1);
  for (const stem of new Set(stemsOf(named.join(" ")))) add(stem, ofSpeaker);
  return points;
}
