import { belief } from "@/lib/domain/memory/confidence";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { ageFrom, type Epoch } from "@/lib/domain/recall/epoch";
import { scoreOf, type Features, type Neighbour, type Parts } from "@/lib/domain/recall/score";
import { readQuestion, type Question } from "@/lib/domain/recall/question";
import { NOTHING_LEARNED } from "@/lib/domain/learning/cue";
import { peopleKey } from "@/lib/domain/learning/question-nearness";
import { activations } from "./graph-route";
import { best } from "./best";
import { daysOutside } from "@/lib/domain/recall/time-window";
import { isOutside } from "./in-scope";
import { keywordPoints } from "./keyword-points";
import { stemsOf } from "./tokenize";
import type { EditedGraph } from "./edited-graph";
import type { IndexedMemory } from "./indexed-memory";
import type { Kind, Scope } from "@/lib/domain/memory/memory";
import type { MemoryId, Millis } from "@/lib/domain/ids";
import type { NearCues } from "./cue-index";
import type { WorkspaceIndex } from "./workspace-index";

export type Route = "vector" | "keyword" | "recency" | "graph" | "experience";

/** One search: the question, its vector (null: the embedder does not answer), and what may be found. */
export interface Search {
  readonly query: string;
  readonly vector: Float32Array | null;
  readonly scope: Scope;
  readonly kinds?: readonly Kind[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly speaker?: string | undefined;
  /** Nothing else may be found; absent: anything. */
  readonly only?: ReadonlySet<MemoryId> | undefined;
  /** Also what is no longer valid. */
  readonly ended?: boolean | undefined;
  readonly now: Millis;
  /** What was valid then; null: what is valid now. */
  readonly asOf: Millis | null;
  readonly parameters: Parameters;
  readonly epoch: Epoch;
  /** The names as they would read after an edit that is only tried; left out: as they are. */
  readonly names?: EditedGraph | undefined;
}

export interface Ranked {
  readonly id: MemoryId;
  readonly score: number;
  readonly parts: Parts;
  readonly routes: readonly Route[];
  /** Where the recall explored: how far its draw moved the score, and how far such draws spread. */
  readonly draw?: readonly [number, number];
}

/** What one query offers to every memory, by key. */
interface Matched {
  readonly search: Search;
  readonly question: Question;
  readonly similarities: Float32Array | null;
  /** Of the passage nearest to the question, or the whole. */
  readonly passages: Float32Array | null;
  readonly keywords: Float32Array;
  readonly pairs: ReadonlySet<number>;
  /** What reaches a memory over the names it shares with others, 0…1; absent: nothing. */
  readonly graph: ReadonlyMap<number, number>;
  /** What was learned near this question; null without a vector. */
  readonly cues: NearCues | null;
  /** Utility of a memory that nobody has judged, which is most of them. */
  readonly unjudged: number;
}

/** Newest memories that are candidates whatever they say. */
const NEWEST = 20;

/**
 * Ranks the candidates of all routes by their scores; equal scores in the order of their ids. A route only proposes: what
 * a memory scores depends on the memory, its declared neighbours, the query and the epoch, not on who else is proposed.
 */
export async function rank(index: WorkspaceIndex, search: Search): Promise<Ranked[]> {
  const matched = await match(index, search);
  const routes = candidates(index, matched);
  return [...routes]
    .flatMap(([key, by]) => {
      const memory = index.memories[key];
      return memory ? [{ id: memory.id, ...scored(index, memory, matched), routes: [...by] }] : [];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Score of one memory, whether or not a route would propose it; null when it is not in the index. */
export async function scoreOne(
  index: WorkspaceIndex,
  id: MemoryId,
  search: Search,
): Promise<{ score: number; parts: Parts } | null> {
  const memory = index.find(id);
  return memory ? scored(index, memory, await match(index, search)) : null;
}

/** Filters are filters, not weights. Lifecycle, quarantine and merges are settled before a memory enters the index. */
export function isAllowed(memory: IndexedMemory, search: Search): boolean {
  return refusal(memory, search) === null;
}

/** Why a search may not show a memory; null when it may. */
export function refusal(
  memory: IndexedMemory,
  search: Search,
): "scope" | "filter" | "superseded" | "validity" | null {
  const { scope, kinds, tags, speaker, only, ended, asOf, now } = search;
  if (isOutside(memory.scope, scope)) return "scope";
  if (kinds && !kinds.includes(memory.kind)) return "filter";
  if (tags && !tags.every((tag) => memory.tags.includes(tag))) return "filter";
  if (speaker !== undefined && speaker !== memory.speaker) return "filter";
  if (only && !only.has(memory.id)) return "filter";
  if (asOf === null && memory.superseded) return "superseded";
  if (asOf !== null && memory.validAt > asOf) return "validity";
  return !ended && memory.invalidAt !== null && memory.invalidAt <= (asOf ?? now) ? "validity" : null;
}

async function match(index: WorkspaceIndex, search: Search): Promise<Matched> {
  const question = questionOf(search);
  const stems = stemsOf(question.words);
  const keywords = keywordPoints(index, search, { stems, named: question.named });
  const numbers = stems.map((stem) => index.postings.find(stem));
  const pairs = new Set(numbers.slice(1).flatMap((second, i) => pairOf(numbers[i], second)));
  const similarities = search.vector === null ? null : await index.vectors.scan(search.vector);
  const passages =
    search.vector === null || similarities === null
      ? null
      : await index.passages.nearest(search.vector, similarities);
  const phrasesOf = (key: number): number => phrasesIn(index.memories[key]?.terms ?? NO_TERMS, pairs);
  const graph = activations(index, search, { similarities, passages, keywords, phrasesOf });
  return {
    search,
    question,
    similarities,
    passages,
    keywords,
    pairs,
    graph,
    cues:
      search.vector === null
        ? null
        : index.cues.near({ vector: search.vector, people: peopleKey(question.named) }, search),
    unjudged: utilityOf(NO_EVIDENCE, search),
  };
}

const NO_TERMS = new Uint32Array(0);

/** The question as it is meant where and when it is asked. */
export const questionOf = ({
  query,
  epoch,
  asOf,
  now,
}: Pick<Search, "query" | "epoch" | "asOf" | "now">): Question =>
  readQuestion(query, { speakers: epoch.speakers, at: asOf ?? now });

const NO_EVIDENCE: Pick<IndexedMemory, "evidence" | "kind"> = { evidence: {}, kind: "fact" };

const utilityOf = (
  { evidence, kind }: Pick<IndexedMemory, "evidence" | "kind">,
  { now, parameters }: Search,
): number => belief(evidence, { kind, now, parameters }).utility;

/** What was said of a memory at large; what was said of it for a question counts near that question, as a cue. */
function generalUtility(index: WorkspaceIndex, memory: IndexedMemory, { search, unjudged }: Matched): number {
  if (!isJudged(memory.evidence)) return unjudged;
  const general = index.cues.generalOf(memory.key) ?? memory.evidence;
  return isJudged(general) ? utilityOf({ evidence: general, kind: memory.kind }, search) : unjudged;
}

function isJudged(evidence: IndexedMemory["evidence"]): boolean {
  for (const _source in evidence) return true;
  return false;
}

/** Two stem numbers as one integer; far fewer stems exist than the factor. */
const PAIR = 2 ** 26;
const pairOf = (first: number | undefined, second: number | undefined): number[] =>
  first === undefined || second === undefined ? [] : [first * PAIR + second];

function candidates(
  index: WorkspaceIndex,
  { passages, keywords, graph, cues, search }: Matched,
): Map<number, Set<Route>> {
  const cap = search.parameters["recall.routeCap"];
  const allowed = (key: number): boolean => {
    const memory = index.memories[key];
    return memory !== undefined && isAllowed(memory, search);
  };
  const count = index.memories.length;
  const found = new Map<number, Set<Route>>();
  const propose = (route: Route, keys: readonly number[]) => {
    for (const key of keys) found.set(key, (found.get(key) ?? new Set()).add(route));
  };
  if (passages) propose("vector", best(count, cap, { values: passages, allowed }));
  propose("keyword", best(count, cap, { values: keywords, allowed }));
  propose("recency", best(count, NEWEST, { values: index.columns.validAt, allowed }));
  if (graph.size > 0) propose("graph", mostActive(graph, cap).filter(allowed));
  if (cues) propose("experience", best(count, cap, { values: helped(index, cues), allowed }));
  // An answer need not repeat its question: what stands around a match is proposed by the route that found the match.
  for (const [key, routes] of [...found]) {
    const memory = index.memories[key];
    const around = memory ? index.sessions.around(memory, CONSTANTS.contextTurns) : [];
    for (const { memory: near } of around)
      if (!found.has(near.key) && isAllowed(near, search)) found.set(near.key, new Set(routes));
  }
  return found;
}

/** The keys that most activation reaches, up to a cap. */
const mostActive = (graph: ReadonlyMap<number, number>, cap: number): number[] =>
  [...graph]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, cap)
    .map(([key]) => key);

/** By key: how near the nearest question is that the memory helped with. */
function helped(index: WorkspaceIndex, cues: NearCues): Float32Array {
  const values = new Float32Array(index.memories.length);
  for (const key of index.cues.keys) values[key] = cues.helped(key);
  return values;
}

function scored(index: WorkspaceIndex, memory: IndexedMemory, matched: Matched) {
  return scoreOf(featuresOf(index, memory, matched), matched.search.parameters);
}

/** What a memory by itself offers to the question. */
function ownMatch(
  { key, hasVector }: IndexedMemory,
  { similarities, keywords }: Matched,
): Pick<Features, "similarity" | "keyword"> {
  return {
    similarity: similarities !== null && hasVector ? (similarities[key] ?? 0) : null,
    keyword: keywords[key] ?? 0,
  };
}

function featuresOf(index: WorkspaceIndex, memory: IndexedMemory, matched: Matched): Features {
  const { search, question, passages, pairs } = matched;
  const { similarity, keyword } = ownMatch(memory, matched);
  const neighbours: Neighbour[] = [];
  let asked: Features["asked"] = null;
  for (const near of index.sessions.around(memory, CONSTANTS.contextTurns)) {
    // What another user said under the same session's name is none of this query's business.
    if (isOutside(near.memory.scope, search.scope)) continue;
    const own = ownMatch(near.memory, matched);
    neighbours.push({ turns: near.turns, similarity: own.similarity, keyword: own.keyword });
    if (near.before && near.turns === 1 && near.memory.asks && near.memory.speaker !== memory.speaker)
      asked = own;
  }
  return {
    similarity,
    passage: similarity === null || passages === null ? null : (passages[memory.key] ?? 0),
    keyword,
    phrases: phrasesIn(memory.terms, pairs),
    learned: matched.cues?.of(memory.key) ?? NOTHING_LEARNED,
    graph: matched.graph.get(memory.key) ?? 0,
    utility: generalUtility(index, memory, matched),
    ageDays:
      Math.max(0, ageFrom(search.epoch, search.asOf ?? search.now) - memory.validAt) / CONSTANTS.millisPerDay,
    asksNow: question.asksNow,
    speaksOfNow: question.asksNow && memory.speaksOfNow,
    daysOutside: question.window === null ? null : daysOutside(question.window, memory.validAt),
    speaker:
      question.named.length === 0 || memory.speaker === null
        ? 0
        : question.named.includes(memory.speaker)
          ? 1
          : -1,
    namesTime: question.asksWhen && memory.namesTime,
    length: memory.terms.length,
    neighbours,
    asked,
  };
}

function phrasesIn(terms: Uint32Array, pairs: ReadonlySet<number>): number {
  if (pairs.size === 0) return 0;
  let found = 0;
  for (let i = 1; i < terms.length; i += 1)
    if (pairs.has((terms[i - 1] ?? 0) * PAIR + (terms[i] ?? 0))) found += 1;
  return found;
}
