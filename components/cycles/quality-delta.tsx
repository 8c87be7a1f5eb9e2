import { TrendArrow } from "@/components/ui/trend-arrow";
import { formatPoints } from "@/lib/format/number";
import { formatRange, type QualityMove } from "./cycle-words";

/** A move of nDCG with its interval. It only counts as a rise or a fall where the interval leaves zero out. */
export function QualityDelta({ move }: { readonly move: QualityMove | null }) {
  if (move === null) return <span className="text-xs text-muted">No judged recall moves</span>;
  const { delta, interval, basis } = move;
  const isSure = interval !== null && (interval[0] > 0 || interval[1] < 0);
  return (
    <span className="flex flex-col gap-0.5 text-xs text-muted">
      <span className="flex flex-wrap items-center gap-x-1.5 whitespace-nowrap">
        <TrendArrow
          trend={!isSure ? "flat" : delta > 0 ? "up" : "down"}
          text={`${formatPoints(delta)} nDCG`}
        />
        {interval === null ? null : <span className="num">({formatRange(interval)})</span>}
      </span>
      <span className="block first-letter:uppercase">{basis}</span>
    </span>
  );
}
