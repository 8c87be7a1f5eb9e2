import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";

/** One side of an edge between a memory and an entity, by the number of the other side. */
export interface Edge {
  readonly to: number;
  readonly isAlias: boolean;
}

/** Which memories hold which names, by numbers. Reads texts only, and edges that outcomes taught. */
export interface Graph {
  readonly entitiesOf: (memory: number) => readonly Edge[];
  readonly memoriesOf: (entity: number) => readonly Edge[];
  /** How many those are. */
  readonly sizeOf: (entity: number) => number;
  /** Memories that were found to help together, with the strength of the bond, 0…1. */
  readonly bondsOf: (memory: number) => readonly { readonly to: number; readonly strength: number }[];
  /** Entities that people relate with this one, with the strength of the relation, 0…1; left out: there are none. */
  readonly relatedTo?: (entity: number) => readonly { readonly to: number; readonly strength: number }[];
}

export interface Spread {
  readonly graph: Graph;
  /** Memories with the activation they start with, 0…1. Each has it by itself: there is no "best n". */
  readonly seeds: ReadonlyMap<number, number>;
  /** How much of that they have from matching the question, and not from holding a name of it; 0…1. */
  readonly matches: ReadonlyMap<number, number>;
  /** Entities that the question names. */
  readonly named: ReadonlySet<number>;
  /** Memories of the epoch: which names are in too many of them must not depend on the store as it is now. */
  readonly documents: number;
  readonly parameters: Parameters;
}

/**
 * What a memory starts with when it matches the question by itself: ((match − floor)/(ceiling − floor))², 0…1.
 * Worked: floor .7, ceiling 1.1, match .9: .25.
 */
export function seedOf(match: number, p: Parameters): number {
  const floor = p["recall.graph.floor"];
  return Math.min(1, Math.max(0, (match - floor) / (p["recall.graph.ceiling"] - floor))) ** 2;
}

/**
 * How much of an activation each of the memories of a name gets: 1/(n − 1), as it leaves one of the n for the others; 0 for
 * a name in more than `recall.graph.hub` of the memories.
 */
export function fanOf(memories: number, documents: number, p: Parameters): number {
  const isHub = memories > Math.max(CONSTANTS.smallestHub, p["recall.graph.hub"] * documents);
  return isHub ? 0 : 1 / Math.max(1, memories - 1);
}

/**
 * Activation after two hops, by memory, 0…1: from a seed over the names it holds to the other memories that hold them, from
 * the names in the question to their memories, and over what outcomes taught. A memory lends itself nothing.
 * What reaches a memory depends on memories that share a name with it, and on nobody else (law 5).
 * Worked: seeds {a: 1}, a name in a and b only: b gets 1·1/(2 − 1) = 1; in three memories: ½ each.
 * A relation that people made between two names carries what reached the one to the memories of the other, times its strength.
 */
export function spread(at: Spread): Map<number, number> {
  const found = new Map<number, number>();
  const give = (memory: number, activation: number): void => {
    if (activation >= CONSTANTS.leastActivation)
      found.set(memory, Math.min(1, (found.get(memory) ?? 0) + activation));
  };
  const sent = throughNames(at);
  for (const [entity, activation] of sent) {
    const fan = fanOf(at.graph.sizeOf(entity), at.documents, at.parameters);
    if (activation * fan < CONSTANTS.leastActivation) continue;
    for (const edge of at.graph.memoriesOf(entity)) {
      const strength = strengthOf(edge, at.parameters);
      const own = (at.seeds.get(edge.to) ?? 0) * strength;
      give(edge.to, Math.min(1, activation - own) * strength * fan);
    }
  }
  for (const entity of at.named) {
    const fan = fanOf(at.graph.sizeOf(entity), at.documents, at.parameters);
    if (fan < CONSTANTS.leastActivation) continue;
    for (const edge of at.graph.memoriesOf(entity))
      give(edge.to, at.parameters["recall.graph.direct"] * strengthOf(edge, at.parameters) * fan);
  }
  if (at.graph.relatedTo !== undefined) overRelations(at, sent, { relatedTo: at.graph.relatedTo, give });
  for (const [memory, activation] of at.seeds)
    for (const { to, strength } of at.graph.bondsOf(memory)) give(to, activation * strength);
  // What matches by itself needs no help: several answers to one question would only lend each other their names.
  for (const [memory, activation] of found)
    found.set(memory, activation * (1 - Math.sqrt(at.matches.get(memory) ?? 0)));
  return found;
}

interface Relations {
  readonly relatedTo: NonNullable<Graph["relatedTo"]>;
  readonly give: (memory: number, activation: number) => void;
}

/** From the names that the seeds hold, and from those in the question, to the memories of the names related with them. */
function overRelations(at: Spread, sent: ReadonlyMap<number, number>, { relatedTo, give }: Relations): void {
  const { graph, documents, parameters } = at;
  const start = new Map([
    ...sent,
    ...[...at.named].map((entity) => [entity, parameters["recall.graph.direct"]] as const),
  ]);
  for (const [entity, activation] of start) {
    for (const related of relatedTo(entity)) {
      const carried = related.strength * fanOf(graph.sizeOf(related.to), documents, parameters);
      if (activation * carried < CONSTANTS.leastActivation) continue;
      for (const edge of graph.memoriesOf(related.to)) {
        const own = sent.has(entity) ? ownShare(at, edge.to, entity) : 0;
        give(edge.to, Math.max(0, activation - own) * carried * strengthOf(edge, parameters));
      }
    }
  }
}

/** What a memory itself sent into a name. */
function ownShare({ graph, seeds, parameters }: Spread, memory: number, entity: number): number {
  const held = graph.entitiesOf(memory).find((edge) => edge.to === entity);
  return held === undefined ? 0 : (seeds.get(memory) ?? 0) * strengthOf(held, parameters);
}

/** What the seeds send into each name. Names in the question are left out: they brought the seeds up. */
function throughNames({ graph, seeds, named, parameters }: Spread): Map<number, number> {
  const sent = new Map<number, number>();
  for (const [memory, activation] of seeds) {
    for (const edge of graph.entitiesOf(memory)) {
      if (!named.has(edge.to))
        sent.set(edge.to, (sent.get(edge.to) ?? 0) + activation * strengthOf(edge, parameters));
    }
  }
  return sent;
}

const strengthOf = ({ isAlias }: Edge, p: Parameters): number => (isAlias ? p["recall.graph.alias"] : 1);

/**
 * Strength of a bond from the outcomes of using both together: clip(ln((1 + A)/(1 + B))/2, 0, 1), A and B in observations.
 * Worked: one good outcome, ln(2)/2 = .35.
 */
export const bondStrength = (alpha: number, beta: number): number =>
  Math.min(1, Math.max(0, Math.log((1 + alpha) / (1 + beta)) / 2));
