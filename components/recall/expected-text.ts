import { formatPercent } from "@/lib/format/number";

/** What such a confidence has turned out to be worth; null where nothing was fitted, or where it keeps its word. */
export function expectedText({
  confidence,
  expected,
}: {
  readonly confidence: number;
  readonly expected: number;
}): string | null {
  const share = formatPercent(expected);
  return share === formatPercent(confidence) ? null : `Of memories with this confidence, ${share} helped`;
}
