import { holdsAt } from "@/lib/domain/graph/edits";
import type { Edge } from "@/lib/domain/graph/spread";
import type { EdgeEdit } from "@/lib/domain/graph/edits";
import type { GraphEdits } from "./graph-edits";
import type { Millis } from "@/lib/domain/ids";

/** Which memories hold which names. */
export interface NameGraph {
  /** Entities at most; 0: there is nothing to follow. */
  readonly size: number;
  find(name: string): number | undefined;
  nameOf(entity: number): string;
  entitiesOf(memory: number): readonly Edge[];
  memoriesOf(entity: number): readonly Edge[];
  sizeOf(entity: number): number;
}

/**
 * What the texts say, as people corrected it: names that mean one entity are one, and what is hidden leads nowhere. An entity
 * that no text names has a number below 0.
 */
export class EditedGraph implements NameGraph {
  readonly #texts: NameGraph;
  readonly #edits: GraphEdits;

  constructor(texts: NameGraph, edits: GraphEdits) {
    this.#texts = texts;
    this.#edits = edits;
  }

  get size(): number {
    return this.#texts.size + this.#edits.names.length;
  }

  find(name: string): number | undefined {
    const own = this.#numberOf(name);
    const called = own === undefined ? this.#edits.calledBy(name) : undefined;
    return called === undefined ? own : this.#numberOf(called);
  }

  nameOf(entity: number): string {
    return entity < 0 ? (this.#edits.names[-1 - entity] ?? "") : this.#texts.nameOf(entity);
  }

  entitiesOf(memory: number): readonly Edge[] {
    const found = new Map<number, Edge>();
    for (const { to, isAlias } of this.#texts.entitiesOf(memory)) {
      const entity = this.#numberOf(this.#texts.nameOf(to));
      if (entity !== undefined) keep(found, { to: entity, isAlias });
    }
    return [...found.values()];
  }

  memoriesOf(entity: number): readonly Edge[] {
    const found = new Map<number, Edge>();
    for (const name of this.#namesOf(entity)) {
      const held = this.#texts.find(name);
      if (held !== undefined) for (const edge of this.#texts.memoriesOf(held)) keep(found, edge);
    }
    return [...found.values()];
  }

  sizeOf(entity: number): number {
    return this.memoriesOf(entity).length;
  }

  /** Entities that people relate with this one, as far as that holds at the time. */
  relatedTo(
    entity: number,
    at: Millis,
    strengthOf: (edge: EdgeEdit) => number,
  ): { to: number; strength: number }[] {
    const found = new Map<number, number>();
    for (const name of this.#namesOf(entity)) {
      for (const edge of this.#edits.edgesOf(name)) {
        const to = this.#numberOf(edge.from === name ? edge.to : edge.from);
        if (edge.isHidden || to === undefined || to === entity || !holdsAt(edge, at)) continue;
        found.set(to, Math.max(found.get(to) ?? 0, strengthOf(edge)));
      }
    }
    return [...found].flatMap(([to, strength]) => (strength > 0 ? [{ to, strength }] : []));
  }

  /** undefined: unknown, or hidden. */
  #numberOf(name: string): number | undefined {
    const cluster = this.#edits.clusterOf(name);
    if (this.#isHidden(name) || this.#isHidden(cluster[0] ?? name)) return undefined;
    for (const one of cluster) {
      const held = this.#texts.find(one);
      if (held !== undefined) return held;
    }
    const place = this.#edits.names.indexOf(cluster[0] ?? name);
    return place < 0 ? undefined : -1 - place;
  }

  #namesOf(entity: number): readonly string[] {
    const name = this.nameOf(entity);
    return this.#edits.clusterOf(name).filter((one) => !this.#isHidden(one));
  }

  #isHidden(name: string): boolean {
    return this.#edits.of(name)?.isHidden === true;
  }
}

/** A text that writes a name itself holds it, whatever else follows from another of its names. */
function keep(found: Map<number, Edge>, edge: Edge): void {
  const known = found.get(edge.to);
  if (known === undefined || known.isAlias) found.set(edge.to, edge);
}
