import { liveChanges } from "./live";
import { readState, type State } from "./state";
import { targetKey, type Change, type TargetKey } from "./change";
import * as registers from "@/lib/domain/registers/registers";
import type { Seq } from "@/lib/domain/ids";
import type { Registers } from "@/lib/domain/registers/registers";

/**
 * The oracle: state is a fold over the live changes, from nothing, in seq order. It is slow and obviously right, and the
 * incremental path (`apply.ts`) has to agree with it after every append and every revert.
 */
export function fold(changes: readonly Change[]): State {
  return readState(foldRegisters(liveChanges(changes)));
}

/** The state as of a point of the ledger: the fold of its first changes, so reverts that came later do not count yet. */
export const foldAsOf = (changes: readonly Change[], seq: Seq): State =>
  fold(changes.filter((c) => c.seq <= seq));

/** Registers of every target that the given changes, all of them live, write to. */
export function foldRegisters(live: readonly Change[]): Map<TargetKey, Registers> {
  const folded = new Map<TargetKey, Registers>();
  for (const change of live) {
    const key = targetKey(change.target);
    folded.set(key, registers.step(folded.get(key) ?? registers.initial(change.target.type), change));
  }
  return folded;
}
