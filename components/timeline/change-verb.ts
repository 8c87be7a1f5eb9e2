import { call } from "@/lib/client/api";
import type { TimelineChange } from "./change-row";
import { standingOf } from "./change-title";
import type { RevertTarget } from "./revert-target";

export type ChangeVerb = "Revert" | "Redo";

/** What a person can do about a change now; null for what nobody can take back, or what only waits for another change. */
export function verbOf(change: TimelineChange): ChangeVerb | null {
  if (change.erased || change.op === "purge") return null;
  const standing = standingOf(change);
  if (standing === "suspended") return null;
  if (change.op === "revert") return standing === "live" ? "Redo" : "Revert";
  return standing === "live" ? "Revert" : "Redo";
}

const PAGE = 200;

/** A row may stand for a whole group, and its redo for the whole group that took it out. */
export async function targetOf(change: TimelineChange, alone: boolean): Promise<RevertTarget> {
  const isGroup = !alone && (change.groupSize ?? 1) > 1;
  const isLive = isGroup ? standingOf(change) === "live" : change.status === "live";
  if (isLive || change.statusBy === null)
    return isGroup ? { groupId: change.groupId } : { changeIds: [change.id] };
  if (!isGroup) return { changeIds: [change.statusBy] };
  const by = await call("changes.get", { params: { id: change.statusBy } });
  return { groupId: by.change.groupId };
}

/** Every change that the chosen rows stand for. */
export async function changeIdsOf(rows: readonly TimelineChange[]): Promise<readonly string[]> {
  const perRow = await Promise.all(
    rows.map(async (row) => ((row.groupSize ?? 1) > 1 ? groupIds(row.groupId) : [row.id])),
  );
  return [...new Set(perRow.flat())];
}

/** The first seq after everything that was appended together with the row. */
export async function seqAfter(row: TimelineChange): Promise<number> {
  if ((row.groupSize ?? 1) === 1) return row.seq + 1;
  const newest = await call("changes.list", { query: { group: row.groupId, limit: 1 } });
  return (newest.items[0]?.seq ?? row.seq) + 1;
}

async function groupIds(group: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: readonly { id: string }[]; nextCursor: string | null } = await call("changes.list", {
      query: { group, limit: PAGE, ...(cursor === null ? {} : { cursor }) },
    });
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}
