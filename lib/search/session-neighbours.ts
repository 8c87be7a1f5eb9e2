import { CONSTANTS } from "@/lib/domain/parameters";
import type { MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { WorkspaceIndex } from "./workspace-index";

/** Memories whose context holds this one, whether it stands in the index or would come into it. */
export function sessionNeighbours(
  index: WorkspaceIndex,
  view: Pick<MemoryView, "id" | "scope" | "validAt" | "createdAt">,
): MemoryId[] {
  const known = index.find(view.id);
  if (known) return index.sessions.around(known, CONSTANTS.contextTurns).map(({ memory }) => memory.id);
  const { sessionId } = view.scope;
  if (sessionId === undefined) return [];
  const session = index.memories.flatMap((memory) => (memory?.scope.sessionId === sessionId ? [memory] : []));
  const isBefore = (other: (typeof session)[number]) =>
    (other.validAt - view.validAt || other.createdAt - view.createdAt || (other.id < view.id ? -1 : 1)) < 0;
  const nearest = (list: typeof session) =>
    list.sort((a, b) => a.validAt - b.validAt || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const [before, after] = [
    nearest(session.filter(isBefore)),
    nearest(session.filter((other) => !isBefore(other))),
  ];
  return [...before.slice(-CONSTANTS.contextTurns), ...after.slice(0, CONSTANTS.contextTurns)].map(
    ({ id }) => id,
  );
}
