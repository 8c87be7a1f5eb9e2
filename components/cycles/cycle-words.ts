import type { CallOutput } from "@/lib/client/api";
import { formatCount, formatDecimal, formatPoints, plural } from "@/lib/format/number";

/** What a person reads for what the engine calls by a name. */

export type Cycle = CallOutput<"cycles.get">["cycle"];
export type CycleSummary = CallOutput<"cycles.list">["items"][number];
export type Proposal = Cycle["proposals"][number];
export type Kind = Proposal["kind"];
export type Stage = Cycle["stages"][number];

interface KindWords {
  readonly heading: string;
  readonly one: string;
  readonly many: string;
}

export const kindWords: Readonly<Record<Kind, KindWords>> = {
  merge: { heading: "Merges", one: "merge", many: "merges" },
  supersede: { heading: "Newer takes the place of older", one: "supersession", many: "supersessions" },
  contest: { heading: "Contradictions", one: "contradiction", many: "contradictions" },
  quarantine: { heading: "Quarantine", one: "quarantine", many: "quarantines" },
  archive: { heading: "Archive", one: "archiving", many: "archivings" },
  link: { heading: "Links", one: "link", many: "links" },
  weights: { heading: "Weights of a recall", one: "change of weights", many: "changes of weights" },
  threshold: { heading: "Thresholds", one: "threshold", many: "thresholds" },
  halfLife: { heading: "Half-lives", one: "half-life", many: "half-lives" },
  trust: { heading: "Trust in sources", one: "trust", many: "changes of trust" },
  calibration: { heading: "Calibration", one: "calibration", many: "calibrations" },
};

export const kindCount = (kind: Kind, count: number): string =>
  plural(count, kindWords[kind].one, kindWords[kind].many);

export const stageWords: Readonly<Record<Stage["stage"], string>> = {
  collect: "Collect",
  attribute: "Attribute",
  propose: "Propose",
  gate: "Test",
  apply: "Apply",
  verify: "Verify",
  watch: "Watch",
};

/** What a stage counts, where its name for it is no word to read. */
const countWords: Readonly<Record<string, string>> = {
  heldBack: "held back",
  settled: "settled before",
  archive: "to archive",
  quarantine: "to quarantine",
  queued: "for review",
};
/** Counted things, by their names in the API, which are plurals. */
const counted: Readonly<Record<string, string>> = {
  changes: "change",
  memories: "memory",
  proposals: "proposal",
  recalls: "recall",
  signals: "signal",
  targets: "target",
};

function countText(name: string, count: number): string {
  if (count === 1 && counted[name] !== undefined) return plural(count, counted[name]);
  if (isKind(name) && countWords[name] === undefined) return kindCount(name, count);
  return `${formatCount(count)} ${countWords[name] ?? name}`;
}

/** What a stage counted, the telling figures first and nothing that is zero, unless all is. */
export function stageCounts({ counts }: Pick<Stage, "counts">): readonly string[] {
  // How long each proposer took is for the API; a person sees the stage's own time.
  const entries = Object.entries(counts).filter(([name]) => !name.endsWith(", ms"));
  const telling = entries.filter(([, count]) => count !== 0);
  const shown = telling.length > 0 ? telling : entries.slice(0, 1);
  return shown
    .toSorted(([one], [other]) => Number(isKind(one)) - Number(isKind(other)))
    .map(([name, count]) => countText(name, count));
}

const isKind = (name: string): name is Kind => name in kindWords;

export const triggerWords: Readonly<Record<Cycle["trigger"], string>> = {
  timer: "by its timer",
  person: "by you",
  key: "by an API client",
};

/** Offered: its test was passed, so that it was applied or shown to a person. */
export const isOffered = ({ state }: Pick<Proposal, "state">): boolean => state !== "rejected";

/** What a cycle did or would do, by kind, in the order of the kinds; candidates that failed their test are left out. */
export function countByKind(
  counts: CycleSummary["counts"],
): readonly { readonly kind: Kind; readonly count: number }[] {
  const sums = new Map<Kind, number>();
  for (const { kind, count, state } of counts) {
    if (isOffered({ state })) sums.set(kind, (sums.get(kind) ?? 0) + count);
  }
  return [...sums].map(([kind, count]) => ({ kind, count }));
}

export const countOf = (counts: CycleSummary["counts"], state: Proposal["state"]): number =>
  counts.filter((row) => row.state === state).reduce((sum, row) => sum + row.count, 0);

export interface QualityMove {
  readonly delta: number;
  readonly interval: readonly [number, number] | null;
  /** What the figure is: predicted by replay, or measured so many days later. */
  readonly basis: string;
}

/** The latest measurement, else the prediction; null where nobody judged a recall that it moves. */
export function qualityMove({ watch, metrics }: Pick<CycleSummary, "watch" | "metrics">): QualityMove | null {
  const measured = watch.findLast((entry) => entry.measured !== null);
  if (measured !== undefined && measured.measured !== null) {
    return {
      delta: measured.measured,
      interval: measured.interval,
      basis: `measured after ${plural(measured.day, "day")}`,
    };
  }
  const { ndcgDelta: delta, interval } = metrics.predicted;
  return delta === null ? null : { delta, interval, basis: "predicted" };
}

export const formatRange = ([low, high]: readonly [number, number]): string =>
  `${formatPoints(low)} to ${formatPoints(high)}`;

/** One sentence that a reviewer reads first. */
export function verdictOf(cycle: Cycle): string {
  const { counts, waiting, dryRun, state } = cycle;
  if (state === "running") return "It runs. Nothing is in force until its tests are through.";
  if (state === "failed") return `It failed. ${keptOfFailure(cycle)}`;
  const [applied, rejected] = [countOf(counts, "applied"), countOf(counts, "rejected")];
  const offered = counts.filter(isOffered).reduce((sum, row) => sum + row.count, 0);
  if (offered === 0 && rejected === 0) return "It found nothing to improve.";
  const parts = [
    ...(dryRun ? [`${plural(offered, "proposal")} would be made`] : []),
    ...(waiting > 0 ? [`${plural(waiting, "proposal")} ${waiting === 1 ? "waits" : "wait"} for you`] : []),
    ...(applied > 0 ? [`${formatCount(applied)} ${applied === 1 ? "is" : "are"} in force`] : []),
    ...leftOut(counts),
    ...(rejected > 0 ? [`${formatCount(rejected)} failed ${rejected === 1 ? "its" : "their"} test`] : []),
  ];
  return `${parts.join(", ")}.`;
}

/** A failure before the changes were written leaves none; one after them takes them back. */
export function keptOfFailure({ failure }: Pick<CycleSummary, "failure">): string {
  const isLate = failure?.stage === "verify" || failure?.stage === "watch";
  return isLate ? "What it had applied was taken back." : "Nothing was applied.";
}

/** What came of it spoke against it, so that it was taken back without anybody asking. */
export const didHarm = ({ stages }: Pick<CycleSummary, "stages">): boolean =>
  stages.some(({ stage, state }) => stage === "watch" && state === "failed");

const leftOut = (counts: CycleSummary["counts"]): readonly string[] =>
  (
    [
      ["declined", "declined"],
      ["reverted", "taken back"],
      ["expired", "expired"],
      ["failed", "could not be applied"],
    ] as const
  ).flatMap(([state, word]) => {
    const count = countOf(counts, state);
    return count === 0 ? [] : [`${formatCount(count)} ${word}`];
  });

/** "0.98, at least 0.60 asked": which way a gate compares shows in how it came out. */
export function figureText({
  value,
  threshold,
  passed,
}: Proposal["gate"]["figures"][number]): readonly [string, string] {
  if (value === threshold)
    return [formatDecimal(value, digitsOf(value)), `bound ${formatDecimal(threshold, digitsOf(value))}`];
  const [held, bound] = apart(value, threshold);
  return [held, `${value > threshold === passed ? "at least" : "at most"} ${bound}`];
}

const FEW_DIGITS = 2;
const MOST_DIGITS = 6;
const digitsOf = (...amounts: readonly number[]): number =>
  amounts.every(Number.isInteger) ? 0 : FEW_DIGITS;

/** Two amounts with as few digits as tell them apart: "0.00, at least 0.00" would say nothing. */
function apart(one: number, other: number): readonly [string, string] {
  let texts = [formatDecimal(one), formatDecimal(other)] as const;
  for (let digits = digitsOf(one, other); digits <= MOST_DIGITS; digits += 1) {
    texts = [formatDecimal(one, digits), formatDecimal(other, digits)];
    if (texts[0] !== texts[1]) break;
  }
  return texts;
}
