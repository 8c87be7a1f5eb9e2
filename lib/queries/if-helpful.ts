import { creditVerdict } from "@/lib/domain/learning/attribution";
import { cuePart } from "@/lib/domain/learning/cue";
import { peopleKey } from "@/lib/domain/learning/question-nearness";
import type { IndexedMemory } from "@/lib/search/indexed-memory";
import type { Parts } from "@/lib/domain/recall/score";
import { questionOf, type Search } from "@/lib/search/rank";
import type { SourceKey } from "@/lib/domain/ledger/change";
import type { TrustClass } from "@/lib/domain/memory/memory";
import type { WorkspaceIndex } from "@/lib/search/workspace-index";

/** Whose word it would be: how much a verdict teaches depends on who gives it. */
export interface Judge {
  readonly trust: TrustClass;
  readonly source: SourceKey;
}

export interface Scored {
  readonly index: WorkspaceIndex;
  readonly memory: IndexedMemory;
  readonly search: Search;
  readonly judge: Judge;
  readonly parts: Parts;
  readonly score: number;
}

/** More than this is asking a person to do the ranking. */
const MOST_VERDICTS = 3;

/**
 * How often the judge would have to call a memory helpful for this question until it scores above `wanted`, by the very cue
 * that such verdicts leave; null when a few do not suffice, or when no vector says which question it is.
 */
export function verdictsToReach(wanted: number, scored: Scored): number | null {
  for (let verdicts = 1; verdicts <= MOST_VERDICTS; verdicts += 1)
    if (scoreAfter(verdicts, scored) > wanted) return verdicts;
  return null;
}

function scoreAfter(verdicts: number, { index, memory, search, judge, parts, score }: Scored): number {
  const { vector, parameters, now } = search;
  if (vector === null) return score;
  const term = {
    at: now,
    source: judge.source,
    weight: creditVerdict("helpful", { trust: judge.trust, parameters }),
  };
  const asked = { vector, people: peopleKey(questionOf(search).named) };
  const learned = index.cues.after(
    memory.key,
    { asked, kind: memory.kind, terms: Array.from({ length: verdicts }, () => term) },
    { now, parameters },
  );
  return score - parts.cue + cuePart(learned, parts.similarity, parameters);
}
