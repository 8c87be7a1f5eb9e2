/** Stories that once broke a law, by what was wrong. They are played again by that law for ever. */
import type { Observation, Step, Story } from "@/tests/support/histories";

const four: Step[] = [0, 1, 2, 3].map((n) => ({ do: "create", who: n * 7, text: n }));
const told = (steps: readonly Step[], ...picks: readonly number[]): Story => ({
  steps: [...four, ...steps],
  picks: [...picks, 0],
});
const merge = (...sources: readonly number[]): Step => ({
  do: "merge",
  who: 0,
  sources,
  madeFrom: "nobody",
  claimed: false,
});
const nothing: Observation = { alpha: 0, beta: 0, source: 0, day: 0, split: [0] };

export const KEPT = {
  projection: {
    "a revert taken back in the same append had no status": told([
      { do: "batch", who: 0, text: 0, memory: 0, reverts: [0, 0] },
    ]),
    "a purged merge result still listed its members": told([merge(1, 0), { do: "purge", who: 0, memory: 4 }]),
    "the redo of an older link renamed the relation": told([
      { do: "link", who: 0, from: 0, to: 1 },
      { do: "link", who: 1, from: 0, to: 1 },
      { do: "revert", who: 0, change: 1 },
      { do: "redo", who: 0, revert: 0 },
      { do: "observeRelation", who: 0, relation: 0, ...nothing },
    ]),
    "a new change both reverted and suspended got two statuses": told([
      { do: "revert", who: 0, change: 3 },
      { do: "batch", who: 0, text: 0, memory: 0, reverts: [0] },
    ]),
  },
  softSupport: {
    "a decision approved after its evidence was taken back was not flagged": told([
      { do: "observe", who: 0, memory: 0, ...nothing, alpha: 5 },
      { do: "decide", who: 0, memory: 1, evidence: [0], margin: -1 },
    ]),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, Story>>>>;
