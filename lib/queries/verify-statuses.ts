import { gatePasses } from "@/lib/domain/ledger/apply";
import { groupBy } from "@/lib/domain/group-by";
import { liveness, type NotLive } from "@/lib/domain/ledger/live";
import type { Change } from "@/lib/domain/ledger/change";
import type { ChangeId } from "@/lib/domain/ids";

/** What is in force, worked out from the whole ledger. */
export interface Statuses {
  readonly of: (id: ChangeId) => NotLive | "live";
  readonly isLive: (id: ChangeId) => boolean;
  /** Decisions whose gate fails on what is live. */
  readonly unsupported: ReadonlySet<ChangeId>;
}

export function statusesOf(changes: readonly Change[]): Statuses {
  const byId = new Map(changes.map((c) => [c.id, c]));
  const reverts = groupBy(
    changes.filter((c) => c.reverts !== null),
    (c) => c.reverts,
  );
  const of = liveness({ change: (id) => byId.get(id), revertsOf: (id) => reverts.get(id) ?? [] });
  const isLive = (id: ChangeId) => of(id) === "live";
  const unsupported = changes.filter((c) => c.support !== null && !gatePasses(c, isLive)).map((c) => c.id);
  return { of, isLive, unsupported: new Set(unsupported) };
}
