import { onAppend } from "./append";
import type { WorkspaceId } from "@/lib/domain/ids";

/** What happens in this process, for pages that are open: names and numbers, no texts. Pages read the rest by query. */
export interface FeedEvent {
  readonly type: "change" | "retrieval" | "cycle" | "progress";
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
    onAppend((workspaceId, done) => {
      const ops = [...new Set(done.changes.map((c) => c.op))];
      publish(workspaceId, {
        type: "change",
        data: {
          seq: done.head,
          groupId: done.groupId,
          count: done.changes.length,
          ops,
          targets: done.changes.slice(0, MOST_TARGETS).map((c) => c.target.id),
        },
      });
    });
  }
  return held.palimpsestFeed;
}

const MOST_TARGETS = 50;
