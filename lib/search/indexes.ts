import { onAppend } from "@/lib/store/append";
import { standpoint, type Standpoint } from "@/lib/store/past/standpoint";
import type { HeldIndex } from "./held-index";
import type { WorkspaceId } from "@/lib/domain/ids";

export type Indexes = Map<WorkspaceId, Promise<HeldIndex>>;

// One set of indexes per process: Next may load this module once per route.
const shared = globalThis as { palimpsestIndexes?: Indexes };

/** The indexes of the present, or those of the state that the work under way reads from; undefined before the first was asked for. */
export function indexes(): Indexes | undefined {
  const there = standpoint();
  return there === null ? shared.palimpsestIndexes : indexesOf(there);
}

/** The same, where an index is about to be made: from the first on, those of the present follow this process's appends. */
export function openIndexes(): Indexes {
  const there = standpoint();
  if (there !== null) return indexesOf(there);
  shared.palimpsestIndexes ??= listening(new Map());
  return shared.palimpsestIndexes;
}

/** Lets an index of the present take another's place. */
export function replaceIndex(workspaceId: WorkspaceId, held: HeldIndex): void {
  shared.palimpsestIndexes?.set(workspaceId, Promise.resolve(held));
}

/** Indexes of earlier states, each gone with its state. */
const ofPasts = new WeakMap<Standpoint, Indexes>();

function indexesOf(there: Standpoint): Indexes {
  const known = ofPasts.get(there);
  if (known) return known;
  const own: Indexes = new Map();
  ofPasts.set(there, own);
  there.onClose(() => {
    for (const opening of own.values())
      void opening.then(
        ({ index }) => index.dispose(),
        () => undefined,
      );
  });
  return own;
}

/** Leaves each append on the trail of its index, so that the next recall finds little left to do. */
function listening(own: Indexes): Indexes {
  onAppend((workspaceId, done) => {
    // One that could not be made has told whoever asked for it.
    void own.get(workspaceId)?.then(
      (held) => held.trail.add(done),
      () => undefined,
    );
  });
  return own;
}
