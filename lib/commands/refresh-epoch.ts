import { append, onAppend } from "@/lib/store/append";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, newGroupId, newPlainId, type Envelope } from "./context";
import { EPOCH_PARAMETER } from "@/lib/search/catch-up";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { insertEpoch } from "@/lib/store/epochs";
import { millis, WORKSPACE_TARGET, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import type { Epoch } from "@/lib/domain/recall/epoch";

/** Freezes the workspace's word statistics anew, as a change that can be seen and taken back like any other. */
export async function refreshEpoch(workspaceId: WorkspaceId, now: Millis = nowMillis()): Promise<string> {
  const epoch = measure(await liveIndex(workspaceId));
  const by: Envelope = {
    actor: "system:epoch",
    cause: { kind: "system" },
    groupId: newGroupId(),
    origin: "epoch",
    session: null,
  };
  await append(
    { workspaceId, actor: by.actor, now: () => now, idempotency: null },
    {
      decide: async (locked) => {
        await insertEpoch(locked.tx, epoch, { seq: locked.head, time: locked.at });
        return [draft.tune(draftHead(by), WORKSPACE_TARGET, { name: EPOCH_PARAMETER, value: epoch.id })];
      },
      answer: () => Promise.resolve(null),
    },
  );
  return epoch.id;
}

/** Refreshes when the store has grown by the epoch's growth factor since the last one; returns whether it did. */
export async function refreshGrownEpoch(workspaceId: WorkspaceId, now?: Millis): Promise<boolean> {
  const { index, epoch, parameters } = await liveIndex(workspaceId);
  const due = Math.max(parameters["epoch.first"], epoch.documents * parameters["epoch.growth"]);
  if (index.size() < due) return false;
  await refreshEpoch(workspaceId, now);
  return true;
}

/** Stems that one memory alone holds are left out: they tell little, and an erased memory must leave no word behind. */
const FEWEST = 2;

function measure({ index }: LiveIndex): Epoch {
  const present = index.memories.filter((m) => m !== undefined);
  const words = present.reduce((sum, m) => sum + m.terms.length, 0);
  return {
    id: newPlainId(),
    documents: present.length,
    averageLength: Math.max(1, words / Math.max(1, present.length)),
    frequencies: new Map([...index.postings.frequencies()].filter(([, memories]) => memories >= FEWEST)),
    speakers: [...new Set(present.flatMap((m) => m.speaker ?? []))].sort(),
    newestValidAt: present.reduce<number | null>(
      (newest, m) => Math.max(newest ?? m.validAt, m.validAt),
      null,
    ),
  };
}

const nowMillis = (): Millis => millis(Date.now());

const SETTLE_MS = 500;
// One set of timers per process: Next reloads modules in development, and each would otherwise watch on its own.
const held = globalThis as { palimpsestEpochs?: Map<WorkspaceId, ReturnType<typeof setTimeout>> };

/** Watches the appends of this process; a burst of them leads to one look when it has settled. */
export function keepEpochs(): void {
  if (held.palimpsestEpochs) return;
  const timers = (held.palimpsestEpochs = new Map());
  onAppend((workspaceId, done) => {
    if (!done.changes.some((c) => c.op === "create" || c.op === "merge")) return;
    clearTimeout(timers.get(workspaceId));
    // By the time of what made the store grow: a ledger whose times are its writers' own must not run ahead of them.
    const look = () =>
      void refreshGrownEpoch(workspaceId, done.at).catch((error: unknown) =>
        console.error("The word statistics could not be refreshed:", error),
      );
    timers.set(workspaceId, setTimeout(look, SETTLE_MS).unref());
  });
}
