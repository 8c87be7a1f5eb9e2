import { call } from "@/lib/client/api";
import type { RevertTarget } from "@/components/timeline/revert-target";
import type { Merge } from "./merge-card";

const MOST_MEMBERS = 200;

/**
 * The reverts that hold a merge down. A merge taken back in one go has one; one whose sources left one by one has several,
 * and all of them are taken back so that it stands again as it was made.
 */
export async function redoTarget(merge: Merge): Promise<RevertTarget> {
  const group = await call("changes.list", { query: { group: merge.groupId, limit: MOST_MEMBERS } });
  const by = group.items.flatMap((change) =>
    change.status === "reverted" && change.statusBy !== null ? [change.statusBy] : [],
  );
  return { changeIds: [...new Set(by)] };
}
