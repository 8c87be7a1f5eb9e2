import { IntervalRows, type IntervalRow } from "@/components/charts/interval-rows";
import { Card } from "@/components/ui/card";
import { formatPoints, plural } from "@/lib/format/number";
import type { Cycle } from "./cycle-words";

/** Judged recalls before and after the cycle, and what the same ones would have shown had nothing been learned. */
export function QualityCard({ cycle: { metrics } }: { readonly cycle: Cycle }) {
  const { before, after, control, judged } = metrics;
  const rows = (["ndcg", "mrr"] as const).flatMap((metric): readonly IntervalRow[] => {
    const group = metric === "ndcg" ? "nDCG@10" : "MRR";
    return [
      { group, label: "Before", estimate: before[metric], look: "hollow" },
      { group, label: "After", estimate: after?.[metric] ?? null, look: "filled" },
      { group, label: "Frozen arm", estimate: control[metric], look: "quiet" },
    ];
  });
  return (
    <Card title="Quality" description={`From ${plural(judged, "judged recall")} before it.`}>
      <IntervalRows
        title="Quality before and after, beside the frozen arm"
        summary={summaryOf(metrics)}
        rows={judged === 0 ? [] : rows}
      />
    </Card>
  );
}

function summaryOf({ before, after, control, judged }: Cycle["metrics"]): string {
  if (judged === 0) return "No judged recall yet, so nothing can be compared.";
  const learned =
    before.ndcg && control.ndcg
      ? `Learning is worth ${formatPoints(before.ndcg.mean - control.ndcg.mean)} nDCG so far.`
      : "";
  if (after?.ndcg && before.ndcg)
    return `${learned} Since this cycle nDCG moved by ${formatPoints(after.ndcg.mean - before.ndcg.mean)}.`;
  return `${learned} Nobody has judged a recall since this cycle.`;
}
