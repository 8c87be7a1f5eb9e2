import { EditedGraph, type NameGraph } from "./edited-graph";
import { ENTITY_TYPES, type EntityType } from "@/lib/domain/graph/extraction";
import { capitalised } from "@/lib/domain/graph/names";
import { GraphEdits } from "./graph-edits";
import type { Derived, DerivedRelation } from "@/lib/domain/graph/derive";
import type { Edge } from "@/lib/domain/graph/spread";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { MemoryId } from "@/lib/domain/ids";

interface Held {
  readonly textHash: string;
  /** An earlier extractor read it; it is to be read again. */
  readonly isOld: boolean;
  readonly edges: readonly number[];
  readonly relations: readonly DerivedRelation[];
}

/** An edge in one number: the other side, then the type, then whether the name is an alias. */
const SIDES = 16;
const KINDS = 2;
const NONE: readonly never[] = [];

/**
 * Which memories hold which names, both ways, and which memories helped together. Follows the live texts: a memory that
 * leaves the index takes its edges along, and a name that no memory holds is forgotten.
 */
export class GraphIndex implements NameGraph {
  /** What people say of the names; what the texts say stays as it is beside it. */
  readonly edits = new GraphEdits();
  readonly #edited = new EditedGraph(this, this.edits);
  readonly #numbers = new Map<string, number>();
  readonly #names: (string | undefined)[] = [];
  readonly #memories: number[][] = [];
  readonly #free: number[] = [];
  readonly #held = new Map<number, Held>();
  /** Names that are written otherwise than with capitals, such as "NASA". */
  readonly #written = new Map<string, string>();
  readonly #bonds = new Map<MemoryId, Map<MemoryId, EvidenceSums>>();

  /** With the edits of people applied; null while there are none, and the texts alone are read. */
  get edited(): EditedGraph | null {
    return this.edits.isEmpty ? null : this.#edited;
  }

  /** Entities that some memory holds. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Memories whose names are taken in. */
  get mentions(): number {
    return this.#held.size;
  }

  /** Whether this text of a memory is taken in as the extractor in use reads it. */
  isCurrent(key: number, textHash: string): boolean {
    const held = this.#held.get(key);
    return held?.textHash === textHash && !held.isOld;
  }

  set(
    key: number,
    { entities, relations }: Derived,
    from: { readonly textHash: string; readonly isOld: boolean },
  ): void {
    this.remove(key);
    const edges = entities.map(({ name, type, isAlias, written }) => {
      const entity = this.#numberOf(name);
      if (!isAlias && !this.#written.has(name) && written !== capitalised(name))
        this.#written.set(name, written);
      const kind = ENTITY_TYPES.indexOf(type) * KINDS + (isAlias ? 1 : 0);
      const memories = this.#memories[entity];
      // A list that is begun with its first entry takes a sixth of the room of one that is begun empty.
      if (memories === undefined || memories.length === 0) this.#memories[entity] = [key * SIDES + kind];
      else memories.push(key * SIDES + kind);
      return entity * SIDES + kind;
    });
    const { textHash, isOld } = from;
    // Written out, because objects that are spread together get a layout of their own each.
    this.#held.set(key, {
      textHash,
      isOld,
      edges: edges.length === 0 ? NONE : edges,
      relations: relations.length === 0 ? NONE : relations,
    });
  }

  remove(key: number): void {
    for (const edge of this.#held.get(key)?.edges ?? NONE) this.#unlink(Math.floor(edge / SIDES), key);
    this.#held.delete(key);
  }

  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** Whether some memory has this name, in its normal form. */
  isKnown(name: string): boolean {
    return this.#numbers.has(name);
  }

  nameOf(entity: number): string {
    return this.#names[entity] ?? "";
  }

  entitiesOf(key: number): readonly Edge[] {
    return this.#held.get(key)?.edges.map(edgeOf) ?? NONE;
  }

  memoriesOf(entity: number): readonly Edge[] {
    return this.#memories[entity]?.map(edgeOf) ?? NONE;
  }

  sizeOf(entity: number): number {
    return this.#memories[entity]?.length ?? 0;
  }

  /** A name as a text writes it; of several ways the first that was read. */
  writtenOf(name: string): string {
    return this.#written.get(name) ?? capitalised(name);
  }

  relationsOf(key: number): readonly DerivedRelation[] {
    return this.#held.get(key)?.relations ?? NONE;
  }

  /** What most of its memories take it for; of equals the first in the list of types. */
  typeOf(entity: number): EntityType {
    const votes = ENTITY_TYPES.map(() => 0);
    for (const edge of this.#memories[entity] ?? NONE) {
      const type = Math.floor((edge % SIDES) / KINDS);
      votes[type] = (votes[type] ?? 0) + 1;
    }
    return ENTITY_TYPES[votes.indexOf(Math.max(...votes))] ?? "other";
  }

  /** All entities, by number and name. */
  *entities(): Generator<readonly [entity: number, name: string]> {
    for (const [name, entity] of this.#numbers) yield [entity, name];
  }

  /** What outcomes say of using two memories together; null: nothing any more. */
  bond(a: MemoryId, b: MemoryId, evidence: EvidenceSums | null): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const own = this.#bonds.get(from) ?? new Map<MemoryId, EvidenceSums>();
      if (evidence === null) own.delete(to);
      else own.set(to, evidence);
      if (own.size === 0) this.#bonds.delete(from);
      else this.#bonds.set(from, own);
    }
  }

  bondsOf(id: MemoryId): ReadonlyMap<MemoryId, EvidenceSums> {
    return this.#bonds.get(id) ?? NO_BONDS;
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const entity = this.#free.pop() ?? this.#names.length;
    this.#numbers.set(name, entity);
    this.#names[entity] = name;
    return entity;
  }

  #unlink(entity: number, key: number): void {
    const memories = this.#memories[entity] ?? [];
    const at = memories.findIndex((edge) => Math.floor(edge / SIDES) === key);
    // Order does not matter, so the last one takes the place of the removed one.
    const last = memories.pop();
    if (at >= 0 && at < memories.length && last !== undefined) memories[at] = last;
    if (memories.length > 0) return;
    this.#numbers.delete(this.nameOf(entity));
    this.#written.delete(this.nameOf(entity));
    this.#names[entity] = undefined;
    this.#free.push(entity);
  }
}

const NO_BONDS: ReadonlyMap<MemoryId, EvidenceSums> = new Map();

const edgeOf = (edge: number): Edge => ({ to: Math.floor(edge / SIDES), isAlias: edge % KINDS === 1 });
