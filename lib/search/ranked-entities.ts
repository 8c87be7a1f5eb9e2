import { entityIdOf } from "@/lib/store/entity-id";
import type { EntityId } from "@/lib/domain/ids";
import type { EntityMap } from "./entity-map";
import type { WorkspaceIndex } from "./workspace-index";

/** An entity by the name that all its names mean, and how many memories name it. */
export interface RankedEntity {
  readonly key: string;
  readonly memories: number;
}

export interface RankedEntities {
  /** The most mentioned first, then by name; hidden ones apart. */
  readonly shown: readonly RankedEntity[];
  readonly hidden: readonly RankedEntity[];
  readonly keyOf: (id: string) => string | undefined;
}

interface Kept {
  readonly state: string;
  readonly ranked: RankedEntities;
}

const kept = new WeakMap<WorkspaceIndex, Kept>();

/** All entities, remembered until the ledger or what was read moves on. */
export function rankedEntities(index: WorkspaceIndex, map: EntityMap, seq: number): RankedEntities {
  const state = `${seq}/${index.graph.size}/${index.graph.mentions}`;
  const known = kept.get(index);
  if (known?.state === state) return known.ranked;
  const ranked = rankAll(index, map);
  kept.set(index, { state, ranked });
  return ranked;
}

function rankAll({ graph }: WorkspaceIndex, map: EntityMap): RankedEntities {
  const keys = new Set<string>();
  for (const [, name] of graph.entities()) keys.add(map.rootOf(name));
  for (const name of graph.edits.names) keys.add(map.rootOf(name));
  const [shown, hidden]: [RankedEntity[], RankedEntity[]] = [[], []];
  for (const key of keys) {
    const found = map.presenceOf(key);
    if (found !== null) (found.isHidden ? hidden : shown).push({ key, memories: found.memories });
  }
  const ids = lazy(
    () => new Map<string, string>([...keys].map((key): [EntityId, string] => [entityIdOf(key), key])),
  );
  return { shown: shown.sort(mostFirst), hidden: hidden.sort(mostFirst), keyOf: (id) => ids().get(id) };
}

const mostFirst = (a: RankedEntity, b: RankedEntity): number =>
  b.memories - a.memories || (a.key < b.key ? -1 : 1);

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
