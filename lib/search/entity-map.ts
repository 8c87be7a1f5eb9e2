import { edgeStrength, liftOf } from "@/lib/domain/graph/edge-strength";
import { entityIdOf } from "@/lib/store/entity-id";
import { ENTITY_TYPES, type EntityType } from "@/lib/domain/graph/extraction";
import { holdsAt, type EdgeEdit } from "@/lib/domain/graph/edits";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { observedOf } from "./graph-route";
import type { EdgeEnds } from "@/lib/domain/ledger/change";
import type { EntityId, Millis } from "@/lib/domain/ids";
import type { IndexedMemory } from "./indexed-memory";
import type { NameGraph } from "./edited-graph";

import type { Tie } from "@/lib/domain/graph/neighbourhood";
import type { WorkspaceIndex } from "./workspace-index";

/** What texts say of two names that they mention together, without a verb. */
export const MENTIONED_WITH = "mentioned with";
/** Of an entity in more memories than this, the first ones tell enough. */
const MOST_READ = 5000;

export interface MapEntity {
  readonly id: EntityId;
  /** Normal name; the one that all its names mean. */
  readonly key: string;
  readonly name: string;
  readonly type: EntityType;
  /** Its other names, in order. */
  readonly aliases: readonly string[];
  readonly memories: number;
  readonly isIntroduced: boolean;
  readonly isHidden: boolean;
}

/** One edge with what it rests on. Ends are the normal names that all names of an entity mean. */
export interface MapEdge extends EdgeEnds {
  readonly strength: number;
  /** Memories that say so. */
  readonly memories: readonly IndexedMemory[];
  /** Since and until when; null: no limit. */
  readonly validAt: Millis | null;
  readonly invalidAt: Millis | null;
  /** A person says so. */
  readonly isMade: boolean;
}

export interface MapTie extends Tie {
  readonly edges: readonly MapEdge[];
}

export interface MapAt {
  readonly now: Millis;
  /** Only what was valid then; null: whatever the index holds. */
  readonly asOf: Millis | null;
  readonly parameters: Parameters;
}

/** The graph of names as people look at it: what the texts say, as they corrected it, with what each edge rests on. */
export class EntityMap {
  readonly #index: WorkspaceIndex;
  readonly #graph: NameGraph;
  readonly #at: MapAt;
  readonly #holders = new Map<string, readonly IndexedMemory[]>();
  readonly #ties = new Map<string, readonly MapTie[]>();
  readonly #outcomes = new Map<number, { readonly alpha: number; readonly beta: number }>();

  constructor(index: WorkspaceIndex, at: MapAt) {
    this.#index = index;
    this.#graph = index.graph.edited ?? index.graph;
    this.#at = at;
  }

  /** The name that all names of the same entity mean. */
  rootOf(name: string): string {
    const { edits } = this.#index.graph;
    const meant = edits.clusterOf(name)[0] ?? name;
    if (meant !== name || this.#index.graph.find(name) !== undefined || edits.names.includes(name))
      return meant;
    const called = edits.calledBy(name);
    return called === undefined ? name : (edits.clusterOf(called)[0] ?? called);
  }

  /** null: no text names it and nobody says that it is there. */
  presenceOf(key: string): { readonly memories: number; readonly isHidden: boolean } | null {
    const { edits } = this.#index.graph;
    const [edit, memories] = [edits.of(key), this.#memoriesOf(key).length];
    const isMade =
      edit?.isIntroduced === true || edits.clusterOf(key).some((one) => edits.edgesOf(one).some(isInForce));
    const isHidden = edit?.isHidden === true;
    return memories === 0 && !isMade && !isHidden ? null : { memories, isHidden };
  }

  entity(name: string): MapEntity | null {
    const { graph } = this.#index;
    const key = this.rootOf(name);
    const names = graph.edits.clusterOf(key);
    const edit = graph.edits.of(key);
    const found = this.presenceOf(key);
    return (
      found && {
        id: entityIdOf(key),
        key,
        name: edit?.called ?? graph.writtenOf(key),
        type: edit?.type ?? this.#typeOf(names),
        aliases: names
          .filter((one) => one !== key)
          .map((one) => graph.edits.of(one)?.called ?? graph.writtenOf(one)),
        isIntroduced: edit?.isIntroduced ?? false,
        ...found,
      }
    );
  }

  /** The memories whose texts write one of its names. */
  memoriesOf(name: string): readonly IndexedMemory[] {
    return this.#memoriesOf(this.rootOf(name));
  }

  /** What it has to do with others, strongest first. */
  tiesOf(name: string): readonly MapTie[] {
    const known = this.#ties.get(name);
    if (known !== undefined) return known;
    const ties = this.#isHidden(name) ? [] : this.#readTies(name);
    this.#ties.set(name, ties);
    return ties;
  }

  #isHidden(name: string): boolean {
    return this.#index.graph.edits.of(this.rootOf(name))?.isHidden === true;
  }

  /** Hidden ones, too: a person has to find what they hid. */
  #memoriesOf(key: string): readonly IndexedMemory[] {
    const known = this.#holders.get(key);
    if (known !== undefined) return known;
    const holders = this.#readHolders(key);
    this.#holders.set(key, holders);
    return holders;
  }

  #readHolders(key: string): readonly IndexedMemory[] {
    const { graph, memories } = this.#index;
    const found = new Set<IndexedMemory>();
    for (const name of graph.edits.clusterOf(key)) {
      const held = graph.find(name);
      if (held === undefined) continue;
      for (const { to, isAlias } of graph.memoriesOf(held)) {
        const memory = memories[to];
        if (!isAlias && memory !== undefined && this.#isThere(memory)) found.add(memory);
      }
    }
    return [...found];
  }

  #isThere(memory: IndexedMemory): boolean {
    return this.#at.asOf === null ? !memory.superseded : holdsAt(memory, this.#at.asOf);
  }

  #readTies(name: string): readonly MapTie[] {
    const own = this.#memoriesOf(name).slice(0, MOST_READ);
    const edges = new Gathered();
    for (const memory of own) {
      for (const other of this.#namesIn(memory.key))
        if (other !== name) edges.add(sided(name, other), memory);
      for (const { from, to, type } of this.#index.graph.relationsOf(memory.key)) {
        const ends = {
          from: this.rootOf(from),
          to: this.rootOf(to),
          relation: type.slice(0, CONSTANTS.longestRelation),
        };
        if (ends.from !== ends.to && (ends.from === name || ends.to === name)) edges.add(ends, memory);
      }
    }
    for (const one of this.#index.graph.edits.clusterOf(name))
      for (const edit of this.#index.graph.edits.edgesOf(one)) edges.edit(this.#rooted(edit), edit);
    const ties = new Map<string, MapEdge[]>();
    for (const gathered of edges.all) {
      const other = gathered.ends.from === name ? gathered.ends.to : gathered.ends.from;
      const edge =
        other === name || this.#isHidden(other) ? null : this.#edgeOf(gathered, { own: own.length, other });
      if (edge !== null) ties.set(other, [...(ties.get(other) ?? []), edge]);
    }
    return [...ties]
      .map(([to, between]) => ({
        to,
        strength: Math.max(...between.map((edge) => edge.strength)),
        edges: between,
      }))
      .sort((a, b) => b.strength - a.strength || (a.to < b.to ? -1 : 1));
  }

  /** The entities that a memory's text writes. */
  #namesIn(key: number): Set<string> {
    const written = this.#graph.entitiesOf(key).filter(({ isAlias }) => !isAlias);
    return new Set(written.map(({ to }) => this.rootOf(this.#graph.nameOf(to))));
  }

  #rooted = ({ from, to, relation }: EdgeEnds): EdgeEnds => ({
    from: this.rootOf(from),
    to: this.rootOf(to),
    relation,
  });

  #edgeOf(
    { ends, memories, edits }: GatheredEdge,
    { own, other }: { own: number; other: string },
  ): MapEdge | null {
    const made = edits.filter(
      (edit) => edit.isRelated && (this.#at.asOf === null || holdsAt(edit, this.#at.asOf)),
    );
    if (edits.some((edit) => edit.isHidden) || (memories.size === 0 && made.length === 0)) return null;
    const grounds = { alpha: made.length > 0 ? 1 : 0, beta: 0 };
    for (const evidence of [
      ...[...memories].map((m) => this.#outcomesOf(m)),
      ...edits.map((e) => observedOf(e.evidence, this.#at)),
    ]) {
      grounds.alpha += evidence.alpha;
      grounds.beta += evidence.beta;
    }
    const isPlain = ends.relation === MENTIONED_WITH && made.length === 0;
    const all = this.#index.size();
    const lift = isPlain ? liftOf(memories.size, { a: own, b: this.#memoriesOf(other).length, all }) : null;
    const newest = made.at(-1);
    return {
      ...ends,
      strength: edgeStrength({ ...grounds, alpha: grounds.alpha + memories.size, lift }),
      memories: [...memories],
      ...(newest === undefined
        ? spanOf([...memories])
        : { validAt: newest.validAt, invalidAt: newest.invalidAt }),
      isMade: newest !== undefined,
    };
  }

  /** What outcomes say of a memory, beyond the prior. */
  #outcomesOf(memory: IndexedMemory): { readonly alpha: number; readonly beta: number } {
    const known = this.#outcomes.get(memory.key) ?? observedOf(memory.evidence, this.#at);
    this.#outcomes.set(memory.key, known);
    return known;
  }

  #typeOf(names: readonly string[]): EntityType {
    const { graph } = this.#index;
    const held = names.flatMap((name) => graph.find(name) ?? []);
    const [largest] = held.sort((a, b) => graph.sizeOf(b) - graph.sizeOf(a));
    return largest === undefined ? (ENTITY_TYPES.at(-1) ?? "other") : graph.typeOf(largest);
  }
}

interface GatheredEdge {
  readonly ends: EdgeEnds;
  readonly memories: Set<IndexedMemory>;
  readonly edits: EdgeEdit[];
}

/** Edges by what they say, with everything that says so. */
class Gathered {
  readonly #edges = new Map<string, GatheredEdge>();

  get all(): Iterable<GatheredEdge> {
    return this.#edges.values();
  }

  add(ends: EdgeEnds, memory: IndexedMemory): void {
    this.#of(ends).memories.add(memory);
  }

  edit(ends: EdgeEnds, edit: EdgeEdit): void {
    this.#of(ends).edits.push(edit);
  }

  #of({ from, to, relation }: EdgeEnds): GatheredEdge {
    const key = JSON.stringify([from, relation, to]);
    const found = this.#edges.get(key) ?? { ends: { from, to, relation }, memories: new Set(), edits: [] };
    this.#edges.set(key, found);
    return found;
  }
}

/** To be mentioned together has no direction. */
const sided = (a: string, b: string): EdgeEnds => {
  const [from, to] = a < b ? [a, b] : [b, a];
  return { from, to, relation: MENTIONED_WITH };
};

const isInForce = (edge: EdgeEdit): boolean => edge.isRelated && !edge.isHidden;

function spanOf(memories: readonly IndexedMemory[]): Pick<MapEdge, "validAt" | "invalidAt"> {
  const since = memories.map((memory) => memory.validAt);
  const ends = memories.flatMap(({ invalidAt }) => (invalidAt === null ? [] : [invalidAt]));
  const first = since.sort((a, b) => a - b)[0] ?? null;
  return {
    validAt: first,
    invalidAt: ends.length < memories.length ? null : (ends.sort((a, b) => b - a)[0] ?? null),
  };
}
