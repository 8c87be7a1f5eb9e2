import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { deliverWebhooks } from "./deliver";
import { listWorkspaces } from "@/lib/store/workspaces";
import { onAppend } from "@/lib/store/append";

/** Retries and cycles of other servers are looked for this often, workspaces that got their first webhook elsewhere this often. */
const LOOK_MS = 2_000;
const LOOK_AT_ALL_MS = 60_000;

interface Keeper {
  /** Workspaces that had a webhook when they were last looked at. */
  readonly busy: Set<WorkspaceId>;
  readonly running: Map<WorkspaceId, Promise<void>>;
  readonly again: Set<WorkspaceId>;
}
// One keeper per process: Next reloads modules in development.
const held = globalThis as { palimpsestWebhooks?: Keeper };

/** Delivers for as long as the process lives. Any number of servers may: a lease lets one send for each webhook. */
export function keepWebhooks(): void {
  if (held.palimpsestWebhooks !== undefined) return;
  const keeper: Keeper = { busy: new Set(), running: new Map(), again: new Set() };
  held.palimpsestWebhooks = keeper;
  const lookAtAll = () =>
    void listWorkspaces().then(
      (all) => all.forEach(({ id }) => wakeWebhooks(brand<WorkspaceId>(id))),
      report,
    );
  lookAtAll();
  setInterval(lookAtAll, LOOK_AT_ALL_MS).unref();
  setInterval(() => keeper.busy.forEach(wakeWebhooks), LOOK_MS).unref();
  onAppend((workspaceId) => {
    if (keeper.busy.has(workspaceId)) wakeWebhooks(workspaceId);
  });
}

/** Has this workspace's webhooks looked after now; nothing, in a process that keeps none. */
export function wakeWebhooks(workspaceId: WorkspaceId): void {
  const keeper = held.palimpsestWebhooks;
  if (keeper === undefined) return;
  if (keeper.running.has(workspaceId)) {
    keeper.again.add(workspaceId);
    return;
  }
  const run = deliverWebhooks({ workspaceId, now: () => millis(Date.now()) })
    .then(({ webhooks }) => {
      if (webhooks > 0) keeper.busy.add(workspaceId);
      else keeper.busy.delete(workspaceId);
    }, report)
    .finally(() => {
      keeper.running.delete(workspaceId);
      if (keeper.again.delete(workspaceId)) wakeWebhooks(workspaceId);
    });
  keeper.running.set(workspaceId, run);
}

const report = (error: unknown): void =>
  console.error(`Webhooks have to wait: ${error instanceof Error ? error.message : String(error)}`);
