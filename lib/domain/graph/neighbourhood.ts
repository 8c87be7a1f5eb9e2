import type { Graph } from "./spread";

/** Two names that memories mention together. */
export interface CoMention {
  readonly from: number;
  readonly to: number;
  /** How many memories; ≥ 1. */
  readonly memories: number;
}

export interface Neighbourhood {
  /** Entities with their distance from the one asked about, nearest first. */
  readonly entities: readonly { readonly entity: number; readonly depth: number }[];
  /** Edges between them, strongest first. */
  readonly edges: readonly CoMention[];
}

export interface Around {
  /** Steps from the middle, 1 or more. */
  readonly depth: number;
  /** Entities at most, the middle included. */
  readonly limit: number;
  /** Edges of fewer memories are left out, and lead nowhere. */
  readonly leastMemories: number;
}

/**
 * What to draw around one entity: those that memories mention together with it, and so on to a depth. Of too many, the ones
 * with the most memories in common go first; of equals the one with the lower number.
 * Worked: memories {a, b}, {a, b}, {b, c}; around a, depth 1: a and b, with one edge of two memories; depth 2: c as well.
 */
export function neighbourhoodOf(
  graph: Pick<Graph, "entitiesOf" | "memoriesOf">,
  entity: number,
  around: Around,
): Neighbourhood {
  const depths = new Map([[entity, 0]]);
  let ring = [entity];
  for (let depth = 1; depth <= around.depth && ring.length > 0; depth += 1) {
    const reached = ring
      .flatMap((from) => mentionedWith(graph, from, around.leastMemories))
      .filter((edge) => !depths.has(edge.to));
    const next = [...new Set(reached.sort(strongestFirst).map((edge) => edge.to))].slice(
      0,
      around.limit - depths.size,
    );
    for (const to of next) depths.set(to, depth);
    ring = next;
  }
  const edges = [...depths.keys()]
    .flatMap((from) => mentionedWith(graph, from, around.leastMemories))
    .filter(({ from, to }) => from < to && depths.has(to))
    .sort(strongestFirst);
  return { entities: [...depths].map(([drawn, depth]) => ({ entity: drawn, depth })), edges };
}

/** Aliases stand for the name that they follow from, which is drawn itself. */
function mentionedWith(
  graph: Pick<Graph, "entitiesOf" | "memoriesOf">,
  from: number,
  least: number,
): CoMention[] {
  const counts = new Map<number, number>();
  for (const memory of graph.memoriesOf(from)) {
    if (memory.isAlias) continue;
    for (const { to, isAlias } of graph.entitiesOf(memory.to))
      if (to !== from && !isAlias) counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, memories]) => memories >= least)
    .map(([to, memories]) => ({ from, to, memories }));
}

const strongestFirst = (a: CoMention, b: CoMention): number =>
  b.memories - a.memories || a.from - b.from || a.to - b.to;
