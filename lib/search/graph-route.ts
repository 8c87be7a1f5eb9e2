import { matchOf } from "@/lib/domain/recall/score";
import { bondStrength, fanOf, seedOf, spread } from "@/lib/domain/graph/spread";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { namesInQuestion } from "@/lib/domain/graph/names";
import { posterior } from "@/lib/domain/memory/confidence";
import { isOutside } from "./in-scope";
import { stemsOf } from "./tokenize";
import type { EditedGraph, NameGraph } from "./edited-graph";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Search } from "./rank";
import type { WorkspaceIndex } from "./workspace-index";

/** What the words and vectors of a question offer to every memory, by key. */
export interface OwnMatch {
  readonly similarities: Float32Array | null;
  readonly passages: Float32Array | null;
  readonly keywords: Float32Array;
  readonly phrasesOf: (key: number) => number;
}

/** Graph activation by key, 0…1; memories that nothing reaches are left out. */
export function activations(
  index: WorkspaceIndex,
  search: Search,
  own: OwnMatch,
): ReadonlyMap<number, number> {
  const { parameters } = search;
  const edited = search.names ?? index.graph.edited;
  const names = edited ?? index.graph;
  if (parameters["recall.weight.graph"] === 0 || names.size === 0) return NOTHING;
  const named = namedBy(names, search);
  const matches = seedsOf(index, search, own);
  const seeds = lifted(index, search, { names, named, seeds: matches });
  if (seeds.size === 0 && named.size === 0) return NOTHING;
  const graph = {
    entitiesOf: (key: number) => names.entitiesOf(key),
    memoriesOf: (entity: number) => names.memoriesOf(entity),
    sizeOf: (entity: number) => names.sizeOf(entity),
    bondsOf: (key: number) => bondsOf(index, key, search),
    ...(edited === null ? {} : { relatedTo: (entity: number) => relatedTo(edited, entity, search) }),
  };
  return spread({
    graph,
    seeds,
    matches,
    named: new Set(named.keys()),
    documents: search.epoch.documents,
    parameters,
  });
}

const NOTHING: ReadonlyMap<number, number> = new Map();

/** The names of the index that the question holds, with what each lends to a memory that holds it. */
function namedBy(graph: NameGraph, { query, epoch, parameters }: Search): ReadonlyMap<number, number> {
  // Counted by the epoch: that another memory holds the name, too, must not make it a worse place to start from (law 5).
  const rarity = (name: string): number => {
    const frequencies = stemsOf(name).map((stem) => epoch.frequencies.get(stem) ?? 1);
    return frequencies.length === 0 ? 0 : fanOf(Math.min(...frequencies), epoch.documents, parameters);
  };
  const names = namesInQuestion(query, {
    isKnown: (name) => graph.find(name) !== undefined,
    isTelling: (name) => rarity(name) > 0,
  });
  return new Map(
    [...names].flatMap((name) => {
      const entity = graph.find(name);
      return entity === undefined ? [] : [[entity, rarity(name)] as const];
    }),
  );
}

/** Memories that match by themselves, whatever else matches. */
function seedsOf(index: WorkspaceIndex, search: Search, own: OwnMatch): Map<number, number> {
  const { similarities, passages, keywords, phrasesOf } = own;
  const { parameters } = search;
  const seeds = new Map<number, number>();
  const mayPass = bound(parameters);
  for (let key = 0; key < index.memories.length; key += 1) {
    const [passage, keyword] = [passages?.[key] ?? 0, keywords[key] ?? 0];
    if (!mayPass(passage, keyword) || !isInScope(index, key, search)) continue;
    const hasVector = index.memories[key]?.hasVector === true;
    const similarity = hasVector ? (similarities?.[key] ?? null) : null;
    const match = matchOf(
      { similarity, passage: similarity === null ? null : passage, keyword, phrases: phrasesOf(key) },
      parameters,
    );
    const seed = seedOf(match.similarity + match.keyword, parameters);
    if (seed >= CONSTANTS.leastActivation) seeds.set(key, seed);
  }
  return seeds;
}

/**
 * Whether a match could get over the floor, whatever its phrases, asked of every memory: a sum and two divisions. The
 * whole's similarity is never above that of its nearest passage.
 */
function bound(p: Parameters): (passage: number, keyword: number) => boolean {
  const needed = p["recall.graph.floor"] - p["recall.weight.phrase"] * p["recall.phrase.most"];
  const [low, half] = [p["recall.similarity.floor"], p["recall.keyword.halfScore"]];
  const similarity =
    (p["recall.weight.similarity"] + p["recall.weight.passage"]) / (p["recall.similarity.ceiling"] - low);
  const words = p["recall.weight.keyword"];
  return (passage, keyword) =>
    Math.max(0, passage - low) * similarity + (words * keyword) / (keyword + half) > needed;
}

/** A memory that holds a rare name of the question is a good place to start, whatever else it says. */
function lifted(
  index: WorkspaceIndex,
  search: Search,
  {
    names,
    named,
    seeds,
  }: {
    readonly names: NameGraph;
    readonly named: ReadonlyMap<number, number>;
    readonly seeds: ReadonlyMap<number, number>;
  },
): Map<number, number> {
  const lifts = new Map<number, number>();
  for (const [entity, rarity] of named) {
    const lift = search.parameters["recall.graph.named"] * rarity;
    if (lift < CONSTANTS.leastActivation) continue;
    for (const { to } of names.memoriesOf(entity))
      if (isInScope(index, to, search)) lifts.set(to, Math.max(lift, lifts.get(to) ?? 0));
  }
  const all = new Map(seeds);
  for (const [key, lift] of lifts) all.set(key, Math.min(1, (seeds.get(key) ?? 0) + lift));
  return all;
}

/** What another user said is none of this question's business. */
function isInScope(index: WorkspaceIndex, key: number, { scope }: Search): boolean {
  const memory = index.memories[key];
  return memory !== undefined && !isOutside(memory.scope, scope);
}

/** What people say of the edge: that it is there counts as one observation, and what was observed of it is added. */
function relatedTo(names: EditedGraph, entity: number, { now, asOf, parameters }: Search) {
  return names.relatedTo(entity, asOf ?? now, ({ isRelated, evidence }) => {
    const { alpha, beta } = observedOf(evidence, { now, parameters });
    return bondStrength(alpha + (isRelated ? 1 : 0), beta);
  });
}

/** Memories that helped together with this one, as far as they are here. */
function bondsOf(
  index: WorkspaceIndex,
  key: number,
  { now, parameters }: Search,
): { to: number; strength: number }[] {
  const memory = index.memories[key];
  if (!memory) return [];
  return [...index.graph.bondsOf(memory.id)].flatMap(([id, evidence]) => {
    const other = index.find(id);
    if (!other) return [];
    const { alpha, beta } = observedOf(evidence, { now, parameters });
    const strength = bondStrength(alpha, beta);
    return strength > 0 ? [{ to: other.key, strength }] : [];
  });
}

/** What is observed beyond the prior, faded and capped, in observations. */
export function observedOf(
  evidence: EvidenceSums,
  { now, parameters }: Pick<Search, "now" | "parameters">,
): { readonly alpha: number; readonly beta: number } {
  const { alpha, beta } = posterior(evidence, { kind: "fact", now, parameters });
  return {
    alpha: alpha - parameters["learning.prior.alpha"],
    beta: beta - parameters["learning.prior.beta"],
  };
}
