/** Confidence is 0..1 inside and either a percentage or a mark out of ten on the page. */

import { MISSING, formatDecimal, formatPercent, formatPoints, formatSigned } from "./number";

export type ConfidenceScale = "percent" | "ten";
export type Trend = "up" | "down" | "flat";

/** A move smaller than this cannot be seen on either scale, so it is called flat. */
const FLAT_BELOW = 0.005;

export function formatConfidence(
  confidence: number | null | undefined,
  scale: ConfidenceScale = "percent",
): string {
  if (confidence === null || confidence === undefined || !Number.isFinite(confidence)) return MISSING;
  const clipped = Math.min(1, Math.max(0, confidence));
  return scale === "percent" ? formatPercent(clipped) : formatDecimal(clipped * 10, 1);
}

/** The interval with its scale said once: "62–81%" or "6.2–8.1". */
export function formatInterval(low: number, high: number, scale: ConfidenceScale = "percent"): string {
  const [from, to] = [formatConfidence(low, scale), formatConfidence(high, scale)];
  return `${from.replace("%", "")}–${to}`;
}

export function formatConfidenceDelta(delta: number, scale: ConfidenceScale = "percent"): string {
  return scale === "percent"
    ? formatPoints(delta, Math.abs(delta) < 0.1 ? 1 : 0)
    : formatSigned(delta * 10, 2);
}

export function confidenceTrend(before: number, after: number): Trend {
  const delta = after - before;
  if (Math.abs(delta) < FLAT_BELOW) return "flat";
  return delta > 0 ? "up" : "down";
}

/** The sentence a screen reader hears for a confidence: number, interval and direction. */
export function describeConfidence(
  confidence: number,
  interval: { readonly low: number; readonly high: number } | null,
  options: { readonly scale?: ConfidenceScale; readonly trend?: Trend } = {},
): string {
  const { scale = "percent", trend } = options;
  const base = `confidence ${formatConfidence(confidence, scale)}${scale === "ten" ? " out of 10" : ""}`;
  const range = interval === null ? "" : `, between ${formatInterval(interval.low, interval.high, scale)}`;
  const direction = trend === undefined ? "" : { up: ", rising", down: ", falling", flat: ", steady" }[trend];
  return `${base}${range}${direction}`;
}
