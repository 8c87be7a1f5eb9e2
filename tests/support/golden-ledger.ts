import type { Change } from "@/lib/domain/ledger/change";

/** A ledger with the digests that its states had when it was recorded. */
export interface GoldenLedger {
  readonly about: string;
  /** State digest as of some seqs, the last one among them. */
  readonly digests: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
}
