import { communitiesOf, laidOutStep, type LayoutGraph } from "./force-layout";
import { entityIdOf } from "@/lib/store/entity-id";
import { entityPlaces, storePlaces, type EntityPlace } from "@/lib/store/entity-places";
import { setImmediate as nextTurn } from "node:timers/promises";
import { standpoint } from "@/lib/store/past/standpoint";
import type { EntityMap } from "./entity-map";
import type { RankedEntity } from "./ranked-entities";
import type { WorkspaceId } from "@/lib/domain/ids";
import type { WorkspaceIndex } from "./workspace-index";

/** Of very many entities the least mentioned stand beside their neighbours; only these are pulled and pushed. */
const MOST_LAID_OUT = 3000;
/** Strongest ties of an entity that pull. */
const MOST_TIES = 12;
const ROUNDS = 120;
/** Entities that came since; fewer are placed beside their neighbours until then. */
const GROWTH = 0.1;
/** Entities whose ties are read before others get their turn. */
const AT_ONCE = 50;

export interface Places {
  readonly of: (
    key: string,
  ) => Omit<EntityPlace, "entityId" | "community"> & { readonly community: number | null };
  readonly all: ReadonlyMap<string, EntityPlace>;
}

interface Kept {
  places: ReadonlyMap<string, EntityPlace>;
  running: Promise<void> | null;
}

const kept = new WeakMap<WorkspaceIndex, Promise<Kept>>();

export interface Laid {
  readonly workspaceId: WorkspaceId;
  readonly index: WorkspaceIndex;
  readonly map: EntityMap;
  readonly shown: readonly RankedEntity[];
}

/** Where everything stands. When much has come since it was laid out, the next layout begins beside the work, from this one. */
export async function placesOf(laid: Laid): Promise<Places> {
  const { workspaceId, index, map, shown } = laid;
  let opening = kept.get(index);
  if (opening === undefined)
    kept.set(index, (opening = entityPlaces(workspaceId).then((places) => ({ places, running: null }))));
  const known = await opening;
  const wanted = shown.slice(0, MOST_LAID_OUT);
  const missing = wanted.filter(({ key }) => !known.places.has(entityIdOf(key))).length;
  if (known.running === null && missing > GROWTH * wanted.length) {
    known.running = layOut(laid, wanted, known)
      .catch((error: unknown) =>
        console.warn(
          `The map of entities has to wait: ${error instanceof Error ? error.message : String(error)}`,
        ),
      )
      .finally(() => {
        known.running = null;
      });
  }
  return { all: known.places, of: (key) => placeOf(key, { places: known.places, map }) };
}

/** Waits for a layout that is being made; for tests and programs that measure. */
export async function laidOut(index: WorkspaceIndex): Promise<void> {
  await (
    await kept.get(index)
  )?.running;
}

async function layOut(
  { workspaceId, map }: Laid,
  wanted: readonly RankedEntity[],
  known: Kept,
): Promise<void> {
  const graph: LayoutGraph = { nodes: [], edges: [] };
  const isWanted = new Set(wanted.map(({ key }) => key));
  // In the order of the names, so that the same graph is always laid out the same way.
  for (const [i, key] of [...isWanted].sort().entries()) {
    const { x, y } = placeOf(key, { places: known.places, map });
    graph.nodes.push({ key, x, y });
    for (const { to, strength } of map.tiesOf(key).slice(0, MOST_TIES))
      if (isWanted.has(to)) graph.edges.push({ from: key, to, strength });
    if (i % AT_ONCE === 0) await nextTurn();
  }
  const step = laidOutStep(graph);
  for (let round = 0; round < ROUNDS; round += 1) {
    step.run();
    await nextTurn();
  }
  const communities = communitiesOf(graph);
  const places = step
    .places()
    .map(({ key, x, y }) => ({ entityId: entityIdOf(key), x, y, community: communities.get(key) ?? 0 }));
  known.places = new Map(places.map((place) => [place.entityId, place]));
  if (standpoint() === null) await storePlaces(workspaceId, places);
}

/** As laid out; else a little aside of its strongest tie that is; else somewhere, always the same. */
function placeOf(key: string, { places, map }: { readonly places: Places["all"]; readonly map: EntityMap }) {
  const id = entityIdOf(key);
  const own = places.get(id);
  if (own !== undefined) return own;
  const [dx, dy] = [0, 1].map(
    (half) => parseInt(id.replaceAll("-", "").slice(half * HEX, (half + 1) * HEX), 16) / 16 ** HEX - 0.5,
  );
  const beside =
    places.size === 0
      ? undefined
      : map
          .tiesOf(key)
          .map(({ to }) => places.get(entityIdOf(to)))
          .find((place) => place !== undefined);
  const reach = beside === undefined ? FAR : NEAR;
  return {
    x: (beside?.x ?? 0) + (dx ?? 0) * reach,
    y: (beside?.y ?? 0) + (dy ?? 0) * reach,
    community: beside?.community ?? null,
  };
}

/** Digits of the id that make up one coordinate. */
const HEX = 8;
const NEAR = 4;
const FAR = 100;
