import type { NameGraph } from "./edited-graph";
import type { SessionOrder } from "./session-order";
import type { WorkspaceIndex } from "./workspace-index";

export interface Narrowed {
  readonly index: WorkspaceIndex;
  /** What the texts of those that are left say of names. */
  readonly names: NameGraph;
}

/** The index as it would be without some of its memories, for looking only: it shares all that it holds with the real one. */
export function without(index: WorkspaceIndex, keys: ReadonlySet<number>): Narrowed {
  const { graph, sessions } = index;
  const find: WorkspaceIndex["find"] = (id) => {
    const memory = index.find(id);
    return memory === undefined || keys.has(memory.key) ? undefined : memory;
  };
  const memoriesOf = (entity: number) => graph.memoriesOf(entity).filter(({ to }) => !keys.has(to));
  return {
    index: {
      ...index,
      find,
      memories: index.memories.map((memory, key) => (keys.has(key) ? undefined : memory)),
      sessions: { ...sessions, around: (memory, turns) => around(sessions, keys, { memory, turns }) },
    },
    names: {
      size: graph.size,
      find: (name) => graph.find(name),
      nameOf: (entity) => graph.nameOf(entity),
      entitiesOf: (key) => (keys.has(key) ? [] : graph.entitiesOf(key)),
      memoriesOf,
      sizeOf: (entity) => memoriesOf(entity).length,
    },
  };
}

type Near = ReturnType<SessionOrder["around"]>;

/** Those further away move up into the places of those that are gone. */
function around(
  sessions: SessionOrder,
  keys: ReadonlySet<number>,
  { memory, turns }: { readonly memory: Near[number]["memory"]; readonly turns: number },
): Near {
  const near = sessions.around(memory, turns);
  if (!near.some((one) => keys.has(one.memory.key))) return near;
  const kept = sessions.around(memory, turns + keys.size).filter((one) => !keys.has(one.memory.key));
  const sides = [kept.filter((one) => one.before), kept.filter((one) => !one.before)];
  return sides
    .flatMap((side) => side.slice(0, turns).map((one, i) => ({ ...one, turns: i + 1 })))
    .sort((a, b) => a.turns - b.turns || Number(b.before) - Number(a.before));
}
