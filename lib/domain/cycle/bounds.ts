import { isTuning, type ProposalDraft } from "./proposal";
import type { Parameters } from "@/lib/domain/parameters";

export interface Bounded<T> {
  readonly kept: readonly T[];
  /** Beyond what one cycle may do; the next one finds them again. */
  readonly heldBack: readonly T[];
}

/** How many memories a proposal takes out of the recalls or puts into another state. */
export function statusMoves({ kind, targets }: Pick<ProposalDraft, "kind" | "targets">): number {
  if (kind === "link" || kind === "contest" || isTuning(kind)) return 0;
  return kind === "merge" ? targets.length : 1;
}

/**
 * Keeps what one cycle may do: at most `cycle.bound.status` of the active memories change their status, at most
 * `cycle.bound.merges` merges. The surest go first. Of a small store a person can oversee more than that share:
 * `cycle.bound.least` may always move.
 */
export function withinBounds<T extends ProposalDraft>(
  drafts: readonly T[],
  activeMemories: number,
  parameters: Parameters,
): Bounded<T> {
  const most = Math.max(
    parameters["cycle.bound.least"],
    Math.floor(parameters["cycle.bound.status"] * activeMemories),
  );
  const kept: T[] = [];
  const heldBack: T[] = [];
  let [moved, merges] = [0, 0];
  for (const draft of [...drafts].sort((a, b) => b.certainty - a.certainty)) {
    const moves = statusMoves(draft);
    const isMerge = draft.kind === "merge";
    const fits =
      moves === 0 || (moved + moves <= most && (!isMerge || merges < parameters["cycle.bound.merges"]));
    (fits ? kept : heldBack).push(draft);
    if (!fits) continue;
    moved += moves;
    merges += isMerge ? 1 : 0;
  }
  return { kept, heldBack };
}

/** One parameter moved towards where it wants to go, by at most `step`, inside its range. */
export const stepTowards = (
  from: number,
  to: number,
  { step, min, max }: { readonly step: number; readonly min: number; readonly max: number },
): number => Math.min(max, Math.max(min, Math.min(from + step, Math.max(from - step, to))));
