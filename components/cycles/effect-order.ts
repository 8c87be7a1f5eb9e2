import type { Proposal } from "./cycle-words";

/** Those that move the most logged queries first; of equally many, those that move what they are worth the furthest. */
export const largestEffectFirst = (proposals: readonly Proposal[]): readonly Proposal[] =>
  proposals.toSorted(
    (one, other) => other.predicted.affected - one.predicted.affected || worthOf(other) - worthOf(one),
  );

const worthOf = ({ predicted }: Proposal): number => Math.abs(predicted.ndcgDelta ?? 0);
