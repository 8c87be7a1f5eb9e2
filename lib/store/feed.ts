import { onAppend, type Appended } from "./append";
import type { WorkspaceId } from "@/lib/domain/ids";

/** What happens in this process, for pages that are open: names and numbers, no texts. Pages read the rest by query. */
export interface FeedEvent {
  readonly type: "change" | "retrieval" | "cycle" | "test" | "progress";
  readonly data: Readonly<Record<string, unknown>>;
}

type Subscriber = (event: FeedEvent) => void;
interface Feed {
  readonly subscribers: Map<WorkspaceId, Set<Subscriber>>;
  listening: boolean;
}
// Kept on globalThis, because Next may load a module once per route.
const held = globalThis as { palimpsestFeed?: Feed };

export function publish(workspaceId: WorkspaceId, event: FeedEvent): void {
  for (const subscriber of feed().subscribers.get(workspaceId) ?? []) subscriber(event);
}

/** Returns how to stop listening. */
export function subscribe(workspaceId: WorkspaceId, subscriber: Subscriber): () => void {
  const { subscribers } = feed();
  const own = subscribers.get(workspaceId) ?? new Set();
  subscribers.set(workspaceId, own.add(subscriber));
  return () => own.delete(subscriber);
}

function feed(): Feed {
  held.palimpsestFeed ??= { subscribers: new Map(), listening: false };
  if (!held.palimpsestFeed.listening) {
    held.palimpsestFeed.listening = true;
    onAppend((workspaceId, done) => publish(workspaceId, { type: "change", data: told(done) }));
  }
  return held.palimpsestFeed;
}

const MOST_TARGETS = 50;

/** Who knows what moved need not ask for the rest again. More than can be named are left out altogether, so that a list is never taken for the whole. */
function told({ head, groupId, changes, memories, statuses, support }: Appended): FeedEvent["data"] {
  const own = new Set<string>(changes.map((c) => c.id));
  const earlier = [...statuses.map((s) => s.change.id), ...support.map((s) => s.change.id)];
  return {
    seq: head,
    groupId,
    count: changes.length,
    ops: [...new Set(changes.map((c) => c.op))],
    targets: changes.slice(0, MOST_TARGETS).map((c) => c.target.id),
    ...(memories.size > MOST_TARGETS ? {} : { memories: [...memories.keys()] }),
    /** Whether an earlier change got another standing. */
    standing: earlier.some((id) => !own.has(id)),
  };
}
