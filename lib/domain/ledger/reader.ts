import type { Change, Target, TargetKey } from "./change";
import type { NotLive } from "./live";
import type { ChangeId, MemoryId } from "@/lib/domain/ids";
import type { Registers } from "@/lib/domain/registers/registers";

/** What the incremental path may ask of a ledger and its projection; the database and the law tests each answer it. */
export interface LedgerReader {
  changes(ids: readonly ChangeId[]): Promise<readonly Change[]>;
  changesOf(targets: readonly Target[]): Promise<readonly Change[]>;
  dependentsOf(ids: readonly ChangeId[]): Promise<readonly Change[]>;
  revertsOf(ids: readonly ChangeId[]): Promise<readonly Change[]>;
  /** Changes whose recorded support names one of these. */
  supportedBy(ids: readonly ChangeId[]): Promise<readonly Change[]>;
  /** Status of those that are not live; an absent one is live. */
  notLive(ids: readonly ChangeId[]): Promise<ReadonlyMap<ChangeId, NotLive>>;
  /** Registers as projected now; a target that no change ever wrote to is absent. */
  registers(targets: readonly Target[]): Promise<ReadonlyMap<TargetKey, Registers>>;
  /** Memories that a membership change, live or not, ever tied to these: results and sources, one step. */
  kin(ids: readonly MemoryId[]): Promise<readonly MemoryId[]>;
}
