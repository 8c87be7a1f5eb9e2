import { belief } from "@/lib/domain/memory/confidence";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { inverseFrequency, type Epoch } from "@/lib/domain/recall/epoch";
import { keywordTerm } from "@/lib/domain/recall/keyword";
import { scoreOf, type Features, type Parts } from "@/lib/domain/recall/score";
import { readQuestion, type Question } from "@/lib/domain/recall/question";
import { best } from "./best";
import { stemsOf } from "./tokenize";
import type { IndexedMemory } from "./indexed-memory";
import type { Kind, Scope } from "@/lib/domain/memory/memory";
import type { MemoryId, Millis } from "@/lib/domain/ids";
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
  readonly now: Millis;
  /** What was valid then; null: what is valid now. */
  readonly asOf: Millis | null;
  readonly parameters: Parameters;
  readonly epoch: Epoch;
}

export interface Ranked {
  readonly id: MemoryId;
  readonly score: number;
  readonly parts: Parts;
  readonly routes: readonly Route[];
}

/** What one query offers to every memory, by key. */
interface Matched {
  readonly search: Search;
  readonly question: Question;
  readonly similarities: Float32Array | null;
  readonly keywords: Float32Array;
  readonly pairs: ReadonlySet<number>;
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
export async function scoreOne(index: WorkspaceIndex, id: MemoryId, search: Search): Promise<{ score: number; parts: Parts } | null> {
  const memory = index.find(id);
  return memory ? scored(index, memory, await match(index, search)) : null;
}

/** Filters are filters, not weights. Lifecycle, quarantine and merges are settled before a memory enters the index. */
export function isAllowed(memory: IndexedMemory, search: Search): boolean {
  return refusal(memory, search) === null;
}

/** Why a search may not show a memory; null when it may. */
export function refusal(memory: IndexedMemory, search: Search): "scope" | "filter" | "superseded" | "validity" | null {
  const { scope, kinds, tags, speaker, asOf, now } = search;
  const own = memory.scope;
  const outside = (scope.userId !== undefined && scope.userId !== own.userId) || (scope.agentId !== undefined && scope.agentId !== own.agentId) ||
    (scope.runId !== undefined && scope.runId !== own.runId) || (scope.sessionId !== undefined && scope.sessionId !== own.sessionId);
  if (outside) return "scope";
  if (kinds && !kinds.includes(memory.kind)) return "filter";
  if (tags && !tags.every((tag) => memory.tags.includes(tag))) return "filter";
  if (speaker !== undefined && speaker !== memory.speaker) return "filter";
  if (asOf === null && memory.superseded) return "superseded";
  if (asOf !== null && memory.validAt > asOf) return "validity";
  return memory.invalidAt !== null && memory.invalidAt <= (asOf ?? now) ? "validity" : null;
}

async function match(index: WorkspaceIndex, search: Search): Promise<Matched> {
  const question = readQuestion(search.query, search.epoch.speakers);
  const stems = stemsOf(question.words);
  const keywords = new Float32Array(index.memories.length);
  for (const stem of new Set(stems)) addKeyword(index, stem, { keywords, search });
  const numbers = stems.map((stem) => index.postings.find(stem));
  const pairs = new Set(numbers.slice(1).flatMap((second, i) => pairOf(numbers[i], second)));
  return { search, question, similarities: search.vector === null ? null : await index.vectors.scan(search.vector), keywords, pairs };
}

function addKeyword(index: WorkspaceIndex, stem: string, { keywords, search: { epoch, parameters } }: Pick<Matched, "keywords" | "search">): void {
  const list = index.postings.list(index.postings.find(stem) ?? -1);
  if (!list) return;
  const idf = inverseFrequency(epoch, stem);
  for (let i = 0; i < list.length; i += 1) {
    const key = list.keyAt(i);
    const length = index.memories[key]?.terms.length ?? 0;
    keywords[key] = (keywords[key] ?? 0) + keywordTerm({ idf, occurrences: list.occurrencesAt(i), length }, epoch, parameters);
  }
}

/** Two stem numbers as one integer; far fewer stems exist than the factor. */
const PAIR = 2 ** 26;
const pairOf = (first: number | undefined, second: number | undefined): number[] => (first === undefined || second === undefined ? [] : [first * PAIR + second]);

function candidates(index: WorkspaceIndex, { similarities, keywords, search }: Matched): Map<number, Set<Route>> {
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
  if (similarities) propose("vector", best(count, cap, { valueOf: (key) => similarities[key] ?? 0, allowed }));
  propose("keyword", best(count, cap, { valueOf: (key) => keywords[key] ?? 0, allowed }));
  propose("recency", best(count, NEWEST, { valueOf: (key) => index.memories[key]?.validAt ?? 0, allowed }));
  // An answer need not repeat its question: what stands around a match is proposed by the route that found the match.
  for (const [key, routes] of [...found]) {
    const memory = index.memories[key];
    const around = memory ? index.sessions.around(memory, CONSTANTS.contextTurns) : [];
    for (const { memory: near } of around) if (!found.has(near.key) && isAllowed(near, search)) found.set(near.key, new Set(routes));
  }
  return found;
}

function scored(index: WorkspaceIndex, memory: IndexedMemory, matched: Matched) {
  return scoreOf(featuresOf(index, memory, matched), matched.search.parameters);
}

function featuresOf(index: WorkspaceIndex, memory: IndexedMemory, { search, question, similarities, keywords, pairs }: Matched): Features {
  const own = (m: IndexedMemory) => ({ similarity: similarities !== null && m.hasVector ? (similarities[m.key] ?? 0) : null, keyword: keywords[m.key] ?? 0 });
  // What another user said under the same session's name is none of this query's business.
  const around = index.sessions.around(memory, CONSTANTS.contextTurns).filter((n) => refusal(n.memory, search) !== "scope");
  const before = around.find((n) => n.before && n.turns === 1)?.memory;
  return {
    ...own(memory),
    phrases: phrasesIn(memory.terms, pairs),
    utility: belief(memory.evidence, { kind: memory.kind, now: search.now, parameters: search.parameters }).utility,
    ageDays: Math.max(0, (search.asOf ?? search.now) - memory.validAt) / CONSTANTS.millisPerDay,
    speaker: question.named.length === 0 || memory.speaker === null ? 0 : question.named.includes(memory.speaker) ? 1 : -1,
    namesTime: question.asksWhen && memory.namesTime,
    length: memory.terms.length,
    neighbours: around.map((n) => ({ turns: n.turns, ...own(n.memory) })),
    asked: before?.asks && before.speaker !== memory.speaker ? own(before) : null,
  };
}

function phrasesIn(terms: Uint32Array, pairs: ReadonlySet<number>): number {
  if (pairs.size === 0) return 0;
  let found = 0;
  for (let i = 1; i < terms.length; i += 1) if (pairs.has((terms[i - 1] ?? 0) * PAIR + (terms[i] ?? 0))) found += 1;
  return found;
}
