import type { Entity, Graph, Relation } from "@/lib/contracts/knowledge-graph";

/** A part of the graph with the memory that keeps it. */
export interface Kept<T> {
  readonly id: string;
  readonly value: T;
}

export interface Observation {
  readonly entity: string;
  readonly text: string;
}

/** The graph as it is kept: three lists of memories, each in the order in which they came. */
export interface KeptGraph {
  readonly entities: readonly Kept<Pick<Entity, "name" | "entityType">>[];
  readonly observations: readonly Kept<Observation>[];
  readonly relations: readonly Kept<Relation>[];
}

/** What clients see: of two entities of one name the first; what is known of an entity that is not there is not shown. */
export function toGraph({ entities, observations, relations }: KeptGraph): Graph {
  const found = new Map<string, Entity>();
  for (const { value } of entities)
    if (!found.has(value.name))
      found.set(value.name, { name: value.name, entityType: value.entityType, observations: [] });
  for (const { value } of observations) found.get(value.entity)?.observations.push(value.text);
  return { entities: [...found.values()], relations: relations.map(({ value }) => value) };
}

/** Entities with the relations that touch them, so that a client finds what lies next to them. */
export function nodes(graph: Graph, isWanted: (entity: Entity) => boolean): Graph {
  const entities = graph.entities.filter(isWanted);
  const names = new Set(entities.map((entity) => entity.name));
  return { entities, relations: graph.relations.filter(({ from, to }) => names.has(from) || names.has(to)) };
}

export function holds(query: string): (entity: Entity) => boolean {
  const wanted = query.toLowerCase();
  return ({ name, entityType, observations }) =>
    [name, entityType, ...observations].some((text) => text.toLowerCase().includes(wanted));
}

export const sameRelation = (a: Relation, b: Relation): boolean =>
  a.from === b.from && a.to === b.to && a.relationType === b.relationType;

/** Each once, in the order of the first. */
export function distinct<T>(items: readonly T[], isSame: (a: T, b: T) => boolean): T[] {
  return items.filter((item, i) => items.findIndex((other) => isSame(other, item)) === i);
}
