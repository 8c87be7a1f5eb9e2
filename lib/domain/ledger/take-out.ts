import { groupBy } from "@/lib/domain/group-by";
import { liveness } from "./live";
import type { Change } from "./change";
import type { ChangeId } from "@/lib/domain/ids";
import type { LedgerReader } from "./reader";

/**
 * Which of the selected changes have to be reverted, so that the state becomes the fold of the ledger without any of them
 * (law 11), and stays so when somebody's later undo resumes what was suspended.
 *
 * These are not simply the live ones. What the selection itself took back would be in force again once its own revert is
 * taken out, so it is reverted too; only what a revert from outside holds down already is left alone. A purge never counts.
 */
export async function takeOut(reader: LedgerReader, selected: readonly Change[]): Promise<Change[]> {
  const isSelected = new Set(selected.map((c) => c.id));
  const others = (await revertsAbove(reader, selected)).filter((r) => !isSelected.has(r.id));
  const byReverted = groupBy(others, (r) => r.reverts);
  const revertsOf = (id: ChangeId) => byReverted.get(id) ?? [];
  // Reverts stand on nothing, so their liveness is a matter of reverts alone.
  const ask = liveness({ change: () => undefined, revertsOf });
  return selected.filter((c) => c.op !== "purge" && !revertsOf(c.id).some((r) => ask(r.id) === "live"));
}

/** Every revert of these, the reverts of those, and so on. */
async function revertsAbove(reader: LedgerReader, changes: readonly Change[]): Promise<Change[]> {
  const found = new Map<ChangeId, Change>();
  let frontier = changes;
  while (frontier.length > 0) {
    frontier = (await reader.revertsOf(frontier.map((c) => c.id))).filter((r) => !found.has(r.id));
    for (const revert of frontier) found.set(revert.id, revert);
  }
  return [...found.values()];
}
