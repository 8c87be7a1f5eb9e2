import type { Parameters } from "@/lib/domain/parameters";

/**
 * Where an outcome failed, as far as the signals show. The first three are what memory can mend; `model` is where another
 * prompt, another model or fine-tuning helps; `unknown` is said whenever nothing speaks for one of the others.
 */
export const FAILURE_CAUSES = ["notStored", "stale", "notRecalled", "model", "unknown"] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** What the log knows of one failed outcome. */
export interface FailedOutcome {
  /** Shown memories that somebody called outdated or harmful, or that are contested or were superseded since. */
  readonly doubtful: readonly string[];
  /** Memories that helped with the same kind of question, existed then, and were not shown. */
  readonly missed: readonly string[];
  /** Shown memories that were reported as used or helpful here, or that helped with this kind of question at other times. */
  readonly useful: readonly string[];
  /** Whether the store seemed to hold an answer, 0…1; null when it was not measured. */
  readonly answerability: number | null;
}

/**
 * The causes in the order in which they would explain the failure away: a doubtful memory may have misled a good model; an
 * answer that was not shown could not be used; and only an answer that was shown, and is not in doubt, speaks against the model.
 */
export function causeOf(failed: FailedOutcome, parameters: Parameters): FailureCause {
  if (failed.doubtful.length > 0) return "stale";
  if (failed.useful.length > 0) return "model";
  if (failed.missed.length > 0) return "notRecalled";
  if (failed.answerability !== null && failed.answerability < parameters["recall.answerability.low"])
    return "notStored";
  return "unknown";
}
