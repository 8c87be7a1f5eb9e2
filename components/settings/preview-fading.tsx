"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { formatPercent } from "@/lib/format/number";
import { ChartFrame, ChartLegend } from "../charts/chart-frame";
import { ink } from "../charts/chart-theme";
import { usePreferences } from "../ui/preferences";
import { fadeAfter, fadeCurve, fadingSentence, type FadePoint, type Prior } from "./fading-shape";

export interface PreviewFadingProps {
  readonly kind: string;
  readonly now: Prior;
  readonly drafted: Prior;
}

const [WIDTH, HEIGHT] = [320, 110];
/** Where the middle line lies in the picture. */
const HALF_PX = HEIGHT / 2 + 4;
const AHEAD_DAYS = 90;
const OWN = 200;
const OVER = 2.2;

/** A half-life as a curve, and what it would do to one's own memories of that kind. */
export function PreviewFading({ kind, now, drafted }: PreviewFadingProps) {
  const { confidenceScale: scale } = usePreferences();
  const own = useInfiniteQuery(queries.memories({ q: `kind:${kind}`, sort: "updated", limit: OWN }));
  const memories = own.data?.pages[0]?.items ?? [];
  const evidence = memories.map((memory) => memory.evidence);
  const overDays = Math.max(now.halfLifeDays, drafted.halfLifeDays) * OVER;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(overDays * share));
  return (
    <ChartFrame
      title={`How evidence on a ${kind} fades`}
      summary={fadingSentence(evidence, { days: AHEAD_DAYS, now, drafted }, scale)}
      heightPx={HEIGHT + 20}
      table={{
        columns: ["Days", "Counts now", "With the draft"],
        rows: ticks.map((days) => [
          String(days),
          formatPercent(fadeAfter(days, now.halfLifeDays)),
          formatPercent(fadeAfter(days, drafted.halfLifeDays)),
        ]),
      }}
      legend={
        <ChartLegend
          entries={[
            { label: "Now", swatch: "dashed", color: ink.slate },
            { label: "Draft", swatch: "line", color: ink.accent },
          ]}
        />
      }
    >
      <div className="relative h-full">
        <svg
          viewBox={`0 -4 ${WIDTH} ${HEIGHT + 22}`}
          preserveAspectRatio="none"
          className="h-full w-full overflow-visible"
        >
          <line
            x1={0}
            x2={WIDTH}
            y1={HEIGHT}
            y2={HEIGHT}
            stroke={ink.axis}
            vectorEffect="non-scaling-stroke"
          />
          <line
            x1={0}
            x2={WIDTH}
            y1={HEIGHT / 2}
            y2={HEIGHT / 2}
            stroke={ink.grid}
            strokeDasharray="2 3"
            vectorEffect="non-scaling-stroke"
          />
          <Curve
            points={fadeCurve(now.halfLifeDays, overDays)}
            overDays={overDays}
            dashed
            color={ink.slate}
          />
          <Curve points={fadeCurve(drafted.halfLifeDays, overDays)} overDays={overDays} color={ink.accent} />
        </svg>
        <span className="num absolute -top-1.5 right-0 text-2xs text-muted">counts 100%</span>
        <span className="num absolute right-0 -translate-y-full text-2xs text-muted" style={{ top: HALF_PX }}>
          50%
        </span>
      </div>
      <div aria-hidden className="num -mt-4 flex justify-between text-2xs text-muted">
        {ticks.map((days) => (
          <span key={days}>{days} d</span>
        ))}
      </div>
    </ChartFrame>
  );
}

interface CurveProps {
  readonly points: readonly FadePoint[];
  readonly overDays: number;
  readonly color: string;
  readonly dashed?: boolean;
}

function Curve({ points, overDays, color, dashed = false }: CurveProps) {
  const path = points.map(({ days, share }) => `${(days / overDays) * WIDTH},${(1 - share) * HEIGHT}`);
  return (
    <polyline
      points={path.join(" ")}
      fill="none"
      stroke={color}
      strokeWidth={2}
      strokeDasharray={dashed ? "4 3" : undefined}
      vectorEffect="non-scaling-stroke"
    />
  );
}
