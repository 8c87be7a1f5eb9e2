import { CONSTANTS } from "@/lib/domain/parameters";

/** What was expected of something and what came of it. */
export interface Forecast {
  /** 0…1. */
  readonly predicted: number;
  /** 0…1; mostly 0 or 1. */
  readonly outcome: number;
}

/** One point of a reliability curve: forecasts of about the same height, with what came of them on average. */
export interface ReliabilityBin {
  readonly predicted: number;
  readonly observed: number;
  readonly count: number;
}

/** Forecasts in `CONSTANTS.reliabilityBins` bins of equal width; empty ones are left out. */
export function reliability(forecasts: readonly Forecast[]): ReliabilityBin[] {
  const bins = Array.from({ length: CONSTANTS.reliabilityBins }, () => ({
    predicted: 0,
    observed: 0,
    count: 0,
  }));
  for (const { predicted, outcome } of forecasts) {
    const bin = bins[Math.min(bins.length - 1, Math.floor(predicted * bins.length))];
    if (!bin) continue;
    bin.predicted += predicted;
    bin.observed += outcome;
    bin.count += 1;
  }
  return bins
    .filter((bin) => bin.count > 0)
    .map(({ predicted, observed, count }) => ({
      predicted: predicted / count,
      observed: observed / count,
      count,
    }));
}

/** Brier score: mean squared distance of forecast and outcome, 0…1; 0 for none. */
export const brier = (forecasts: readonly Forecast[]): number =>
  mean(forecasts.map(({ predicted, outcome }) => (predicted - outcome) ** 2));

/** Expected calibration error: Σ n_bin/n·|observed − predicted|, 0…1. */
export function calibrationError(forecasts: readonly Forecast[]): number {
  const total = Math.max(1, forecasts.length);
  return reliability(forecasts).reduce(
    (sum, bin) => sum + (bin.count / total) * Math.abs(bin.observed - bin.predicted),
    0,
  );
}

/** From what the engine expects to what comes of it: nothing fitted, a logistic curve, or steps. */
export type Calibration =
  | { readonly form: "none" }
  | { readonly form: "platt"; readonly slope: number; readonly shift: number }
  | { readonly form: "isotonic"; readonly from: readonly number[]; readonly value: readonly number[] };

/** Platt from 50 outcomes on, isotonic from 1,000; below that the expectation is taken as it is. */
export function fitCalibration(forecasts: readonly Forecast[]): Calibration {
  if (forecasts.length < CONSTANTS.plattFrom) return { form: "none" };
  return forecasts.length < CONSTANTS.isotonicFrom ? fitPlatt(forecasts) : fitIsotonic(forecasts);
}

/**
 * Each forecast as a curve tells it that was fitted on the others: one stretch of `folds` is left out in turn. A curve
 * that has seen its own outcomes always looks calibrated, isotonic steps even perfectly so; and a stretch, unlike every
 * n-th, keeps together what was judged together.
 */
export function crossFitted(
  forecasts: readonly Forecast[],
  form: "platt" | "isotonic",
  folds: number,
): Forecast[] {
  const fit = form === "platt" ? fitPlatt : fitIsotonic;
  const foldOf = (i: number): number => Math.floor((i * folds) / forecasts.length);
  const curves = Array.from({ length: folds }, (_, fold) =>
    fit(forecasts.filter((_forecast, i) => foldOf(i) !== fold)),
  );
  return forecasts.map(({ predicted, outcome }, i) => ({
    predicted: calibrated(predicted, curves[foldOf(i)] ?? { form: "none" }),
    outcome,
  }));
}

/** The calibrated expectation, 0…1. */
export function calibrated(predicted: number, calibration: Calibration): number {
  switch (calibration.form) {
    case "none":
      return predicted;
    case "platt":
      return logistic(calibration.slope * logit(predicted) + calibration.shift);
    case "isotonic": {
      const at = calibration.from.findLastIndex((from) => predicted >= from);
      return calibration.value[Math.max(0, at)] ?? predicted;
    }
  }
}

/**
 * p = σ(a·logit(predicted) + b), by Newton's method on the log loss, with Platt's targets (n₊ + 1)/(n₊ + 2) and
 * 1/(n₋ + 2), so that few outcomes cannot make it certain.
 */
export function fitPlatt(forecasts: readonly Forecast[]): Extract<Calibration, { form: "platt" }> {
  const positive = forecasts.reduce((sum, f) => sum + f.outcome, 0);
  const [high, low] = [(positive + 1) / (positive + 2), 1 / (forecasts.length - positive + 2)];
  const points = forecasts.map((f) => ({
    x: logit(f.predicted),
    y: f.outcome * high + (1 - f.outcome) * low,
  }));
  let [slope, shift] = [1, 0];
  for (let round = 0; round < CONSTANTS.plattRounds; round += 1) {
    let [ga, gb, aa, ab, bb] = [0, 0, CONSTANTS.tiny, 0, CONSTANTS.tiny];
    for (const { x, y } of points) {
      const p = logistic(slope * x + shift);
      const w = p * (1 - p);
      ga += (p - y) * x;
      gb += p - y;
      aa += w * x * x;
      ab += w * x;
      bb += w;
    }
    const determinant = aa * bb - ab * ab;
    if (determinant < CONSTANTS.tiny) break;
    slope -= (bb * ga - ab * gb) / determinant;
    shift -= (aa * gb - ab * ga) / determinant;
  }
  return { form: "platt", slope, shift };
}

/** The nearest non-decreasing steps, by pooling adjacent violators; equal forecasts share a step. */
export function fitIsotonic(forecasts: readonly Forecast[]): Extract<Calibration, { form: "isotonic" }> {
  const blocks: { from: number; sum: number; count: number }[] = [];
  for (const { predicted, outcome } of [...forecasts].sort((a, b) => a.predicted - b.predicted)) {
    const last = blocks.at(-1);
    if (last?.from === predicted && last.count > 0) {
      last.sum += outcome;
      last.count += 1;
    } else blocks.push({ from: predicted, sum: outcome, count: 1 });
    pool(blocks);
  }
  return {
    form: "isotonic",
    from: blocks.map((block) => block.from),
    value: blocks.map((block) => block.sum / block.count),
  };
}

function pool(blocks: { from: number; sum: number; count: number }[]): void {
  for (;;) {
    const [before, last] = [blocks[blocks.length - 2], blocks[blocks.length - 1]];
    if (!before || !last || before.sum / before.count < last.sum / last.count) return;
    before.sum += last.sum;
    before.count += last.count;
    blocks.pop();
  }
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function logit(p: number): number {
  const inside = Math.min(1 - CONSTANTS.tiny, Math.max(CONSTANTS.tiny, p));
  return Math.log(inside / (1 - inside));
}
