import { clustersOf } from "@/lib/domain/graph/aliases";
import { normalName } from "@/lib/domain/graph/names";
import type { EdgeEdit, EntityEdit } from "@/lib/domain/graph/edits";

/** What people and cycles say of the names of a workspace, laid out for reading beside what the texts say. */
export class GraphEdits {
  readonly #entities = new Map<string, EntityEdit>();
  readonly #edges = new Map<string, EdgeEdit>();
  #laidOut: LaidOut | null = null;

  /** Nothing that a recall would see: then texts alone are read, as fast as without edits. */
  get isEmpty(): boolean {
    return this.#entities.size === 0 && this.#edges.size === 0;
  }

  /** By the target's id; null: nothing is said of it any more. */
  setEntity(id: string, edit: EntityEdit | null): void {
    if (edit === null) this.#entities.delete(id);
    else this.#entities.set(id, edit);
    this.#laidOut = null;
  }

  setEdge(id: string, edit: EdgeEdit | null): void {
    if (edit === null) this.#edges.delete(id);
    else this.#edges.set(id, edit);
    this.#laidOut = null;
  }

  /** The same edits, to be altered for a preview. */
  copy(): GraphEdits {
    const copy = new GraphEdits();
    for (const [id, edit] of this.#entities) copy.setEntity(id, edit);
    for (const [id, edit] of this.#edges) copy.setEdge(id, edit);
    return copy;
  }

  of(name: string): EntityEdit | undefined {
    return this.#layOut().byName.get(name);
  }

  /** All names of the same entity, the one meant first; just the name where it stands alone. */
  clusterOf(name: string): readonly string[] {
    return this.#layOut().clusters.get(name) ?? [name];
  }

  /** Edges that an entity's names are ends of, hidden ones included. */
  edgesOf(name: string): readonly EdgeEdit[] {
    return this.#layOut().edges.get(name) ?? NONE;
  }

  /** Which entity goes by this name now, though the texts write it otherwise. */
  calledBy(name: string): string | undefined {
    return this.#layOut().called.get(name);
  }

  /** Every name that something is said of, in order. */
  get names(): readonly string[] {
    return this.#layOut().names;
  }

  get edges(): Iterable<EdgeEdit> {
    return this.#edges.values();
  }

  #layOut(): LaidOut {
    return (this.#laidOut ??= layOut([...this.#entities.values()], [...this.#edges.values()]));
  }
}

interface LaidOut {
  readonly byName: ReadonlyMap<string, EntityEdit>;
  readonly clusters: ReadonlyMap<string, readonly string[]>;
  readonly edges: ReadonlyMap<string, readonly EdgeEdit[]>;
  readonly called: ReadonlyMap<string, string>;
  readonly names: readonly string[];
}

const NONE: readonly never[] = [];

function layOut(entities: readonly EntityEdit[], edges: readonly EdgeEdit[]): LaidOut {
  const meant = new Map(
    entities.flatMap(({ name, means }) => (means === null ? [] : [[name, means] as const])),
  );
  const byEnd = new Map<string, EdgeEdit[]>();
  for (const edge of edges)
    for (const end of new Set([edge.from, edge.to])) byEnd.set(end, [...(byEnd.get(end) ?? []), edge]);
  const named = [...entities.map((e) => e.name), ...meant.values(), ...byEnd.keys()];
  return {
    byName: new Map(entities.map((edit) => [edit.name, edit])),
    clusters: clustersOf(meant),
    edges: byEnd,
    called: new Map(
      entities
        .flatMap(({ name, called }) => (called === null ? [] : [[normalName(called), name] as const]))
        .sort(([, a], [, b]) => (a < b ? 1 : -1)),
    ),
    names: [...new Set(named)].sort(),
  };
}
