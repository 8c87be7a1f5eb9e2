import { cn } from "../ui/cn";
import { formatDecimal } from "@/lib/format/number";
import { ChartFrame } from "./chart-frame";

/** A mean with its interval; null where nothing was measured. */
export interface IntervalRow {
  readonly group: string;
  readonly label: string;
  readonly estimate: {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly count: number;
  } | null;
  readonly look: "filled" | "hollow" | "quiet";
}

export interface IntervalRowsProps {
  readonly title: string;
  readonly summary: string;
  readonly rows: readonly IntervalRow[];
}

const ROW_PX = 22;
const GROUP_PX = 26;
const ENDS = [0, 1] as const;
/** Few recalls give an interval that is wider than what the measure can be; the picture ends where the axis does. */
const onAxis = (share: number): number => Math.min(1, Math.max(0, share));
const percent = (share: number): string => `${onAxis(share) * 100}%`;

/** Dots with their intervals as bars on one axis from 0 to 1, so that what overlaps is seen to overlap. */
export function IntervalRows({ title, summary, rows }: IntervalRowsProps) {
  const groups = [...new Set(rows.map((row) => row.group))];
  const measured = rows.filter((row) => row.estimate !== null);
  return (
    <ChartFrame
      title={title}
      summary={summary}
      heightPx={rows.length * ROW_PX + groups.length * GROUP_PX + GROUP_PX}
      table={{
        columns: ["", "Mean", "From", "To", "Recalls"],
        rows: measured.map(({ group, label, estimate }) => [
          `${group}, ${label}`,
          formatDecimal(estimate?.mean, 3),
          formatDecimal(estimate?.low, 3),
          formatDecimal(estimate?.high, 3),
          String(estimate?.count ?? 0),
        ]),
      }}
    >
      <div className="flex flex-col text-xs">
        {groups.map((group) => (
          <div key={group}>
            <p style={{ height: GROUP_PX }} className="flex items-end pb-1 font-medium">
              {group}
            </p>
            {rows
              .filter((row) => row.group === group)
              .map((row) => (
                <Row key={row.label} row={row} />
              ))}
          </div>
        ))}
        <div className="num mt-1 ml-24 flex justify-between pr-12 text-2xs text-muted">
          {ENDS.map((end) => (
            <span key={end}>{end}</span>
          ))}
        </div>
      </div>
    </ChartFrame>
  );
}

const dots = {
  filled: "bg-accent-mark",
  hollow: "border-2 border-accent-mark bg-surface",
  quiet: "rotate-45 rounded-none! bg-part-keyword",
} as const;

function Row({ row: { label, estimate, look } }: { readonly row: IntervalRow }) {
  return (
    <div style={{ height: ROW_PX }} className="flex items-center gap-2">
      <span className="w-22 shrink-0 text-muted">{label}</span>
      <span className="relative h-full flex-1">
        <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
        {estimate === null ? null : (
          <>
            <span
              className={cn(
                "absolute top-1/2 h-1 -translate-y-1/2 rounded-full",
                look === "quiet" ? "bg-part-graph" : "bg-accent-mark/45",
              )}
              style={{
                left: percent(onAxis(estimate.low)),
                width: percent(onAxis(estimate.high) - onAxis(estimate.low)),
              }}
            />
            <span
              className={cn(
                "forced-mark absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full",
                dots[look],
              )}
              style={{ left: percent(estimate.mean) }}
            />
          </>
        )}
      </span>
      <span className="num w-10 shrink-0 text-right">
        {estimate === null ? <span className="text-muted">–</span> : formatDecimal(estimate.mean, 3)}
      </span>
    </div>
  );
}
