"use client";

import { ThresholdChart } from "../merges/threshold-chart";
import { thresholdEffect } from "../merges/threshold-shape";
import { useJudgedMerges } from "../merges/use-judged-merges";

export interface PreviewThresholdProps {
  readonly threshold: number;
  readonly draft: number;
}

/** The threshold of merges over one's own decisions. */
export function PreviewThreshold({ threshold, draft }: PreviewThresholdProps) {
  const { merges } = useJudgedMerges();
  return (
    <div className="flex flex-col gap-2">
      <ThresholdChart merges={merges} threshold={threshold} draft={draft} />
      <p className="text-sm">{thresholdEffect(merges, threshold, draft)}</p>
    </div>
  );
}
