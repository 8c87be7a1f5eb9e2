import { formatPercent, plural } from "@/lib/format/number";

/** A proposed merge by how sure it was, and what became of it. */
export interface JudgedMerge {
  readonly certainty: number;
  readonly verdict: "accepted" | "declined" | "open";
}

/** Merges of one stretch of certainty, `from` included. */
export interface CertaintyBucket {
  readonly from: number;
  readonly to: number;
  readonly accepted: number;
  readonly declined: number;
  readonly open: number;
}

/** The axis: merges are proposed from .4 on, or where people taught it a lower one; above 1 a threshold lets nothing through. */
export const LEAST_CERTAIN = 0.25;
export const MOST_CERTAIN = 1.01;
const BUCKETS = 30;

export const shareOfAxis = (certainty: number): number =>
  Math.min(1, Math.max(0, (certainty - LEAST_CERTAIN) / (1 - LEAST_CERTAIN)));

export function certaintyBuckets(merges: readonly JudgedMerge[]): readonly CertaintyBucket[] {
  const width = (1 - LEAST_CERTAIN) / BUCKETS;
  const placeOf = (certainty: number) => Math.min(BUCKETS - 1, Math.floor(shareOfAxis(certainty) * BUCKETS));
  return Array.from({ length: BUCKETS }, (_, place) => {
    const here = merges.filter(({ certainty }) => placeOf(certainty) === place);
    const count = (verdict: JudgedMerge["verdict"]) =>
      here.filter((merge) => merge.verdict === verdict).length;
    return {
      from: LEAST_CERTAIN + place * width,
      to: LEAST_CERTAIN + (place + 1) * width,
      accepted: count("accepted"),
      declined: count("declined"),
      open: count("open"),
    };
  });
}

/** What another threshold would have done with the same merges: "Would merge 31 more by itself, of which you declined 4." */
export function thresholdEffect(merges: readonly JudgedMerge[], now: number, draft: number): string {
  if (draft === now) return "Move the threshold to see what another one would have done.";
  const [low, high] = [Math.min(now, draft), Math.max(now, draft)];
  const between = merges.filter(({ certainty }) => certainty >= low && certainty < high);
  const declined = between.filter(({ verdict }) => verdict === "declined").length;
  if (draft < now) return `Would merge ${between.length} more by itself, of which you declined ${declined}.`;
  return `Would ask about ${between.length} more instead of merging them, of which you declined ${declined}.`;
}

export function thresholdSummary(merges: readonly JudgedMerge[], threshold: number): string {
  const count = (verdict: JudgedMerge["verdict"]) =>
    merges.filter((merge) => merge.verdict === verdict).length;
  if (merges.length === 0) return "No merge was proposed yet.";
  const decided = `${count("accepted")} accepted, ${count("declined")} declined, ${count("open")} open.`;
  return threshold > 1
    ? `${decided} No merge applies itself.`
    : `${decided} Merges that are ${formatPercent(threshold)} sure or more apply themselves.`;
}

export function thresholdTable(buckets: readonly CertaintyBucket[]) {
  return {
    columns: ["Certainty", "Accepted", "Declined", "Open"],
    rows: buckets
      .filter(({ accepted, declined, open }) => accepted + declined + open > 0)
      .map(({ from, to, accepted, declined, open }) => [
        `${formatPercent(from, 1)} to ${formatPercent(to, 1)}`,
        String(accepted),
        String(declined),
        String(open),
      ]),
  };
}

export const bucketTitle = ({ from, to, accepted, declined, open }: CertaintyBucket): string =>
  `${formatPercent(from, 1)} to ${formatPercent(to, 1)} sure: ${plural(accepted, "accepted", "accepted")}, ${declined} declined, ${open} open`;
