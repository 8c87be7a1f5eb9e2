import { formatConfidence, type ConfidenceScale } from "@/lib/format/confidence";
import { formatCount, formatDecimal, plural } from "@/lib/format/number";
import type { ChartTable } from "./chart-frame";
import { wilson } from "./wilson";

/** Outcomes whose prediction fell into one stretch of the scale. */
export interface ReliabilityBin {
  /** Mean of what was predicted, 0…1. */
  readonly predicted: number;
  /** Mean of what came of it, 0…1. */
  readonly observed: number;
  readonly count: number;
}

export interface ReliabilityRow extends ReliabilityBin {
  /** 95 % interval of what was observed. */
  readonly low: number;
  readonly high: number;
  /** Distances from the point to the ends of its interval, as the chart draws them. */
  readonly error: readonly [below: number, above: number];
}

/** Stretches without an outcome have nothing to show. */
export function reliabilityRows(bins: readonly ReliabilityBin[]): readonly ReliabilityRow[] {
  return bins
    .filter((bin) => bin.count > 0)
    .sort((one, other) => one.predicted - other.predicted)
    .map((bin) => {
      const { low, high } = wilson(bin.observed, bin.count);
      return { ...bin, low, high, error: [bin.observed - low, high - bin.observed] as const };
    });
}

export interface CalibrationScores {
  readonly count: number;
  /** Mean squared error of the prediction, 0…1; null of no outcomes. */
  readonly brier: number | null;
  /** Expected calibration error, 0…1; null of no outcomes. */
  readonly ece: number | null;
}

/** What the curve and its scores say, and how much they rest on. */
export function calibrationSentence({ count, brier, ece }: CalibrationScores): string {
  if (count === 0 || brier === null || ece === null)
    return "No prediction has met its outcome yet, so nothing can be said of calibration.";
  return `A prediction is off by ${formatDecimal(ece * 100, 0)} points on average (ECE ${formatDecimal(ece, 3)}), Brier ${formatDecimal(brier, 3)}, over ${plural(count, "outcome")}.`;
}

export function reliabilitySummary(rows: readonly ReliabilityRow[]): string {
  if (rows.length === 0) return "No prediction has met its outcome yet.";
  const off = rows.filter((row) => row.predicted < row.low || row.predicted > row.high);
  if (off.length === 0) return "In every stretch the prediction lies inside the interval of the outcomes.";
  const tooHigh = off.filter((row) => row.predicted > row.high).length;
  return `${formatCount(off.length)} of ${plural(rows.length, "stretch", "stretches")} lie off the line: ${formatCount(tooHigh)} promise too much, ${formatCount(off.length - tooHigh)} too little.`;
}

export function reliabilityTable(rows: readonly ReliabilityRow[], scale: ConfidenceScale): ChartTable {
  return {
    columns: ["Predicted", "Observed", "From", "To", "Outcomes"],
    rows: rows.map((row) => [
      formatConfidence(row.predicted, scale),
      formatConfidence(row.observed, scale),
      formatConfidence(row.low, scale),
      formatConfidence(row.high, scale),
      formatCount(row.count),
    ]),
  };
}
