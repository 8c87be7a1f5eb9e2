import { cn } from "../ui/cn";
import { ink } from "./chart-theme";
import { sparklineShape } from "./sparkline-shape";

export interface SparklineProps {
  readonly readings: readonly (number | null)[];
  /** What the line shows, in a sentence; decoration only when left out, because the number stands beside it. */
  readonly label?: string;
  /** Fixed ends of the scale, such as [0, 1]; the readings' own when left out. */
  readonly range?: readonly [number, number];
  readonly width?: number;
  readonly height?: number;
  readonly filled?: boolean;
  readonly className?: string;
}

/** Plain SVG: hundreds of them stand in a table. */
export function Sparkline(props: SparklineProps) {
  const { readings, label, range, width = 72, height = 20, filled = false, className } = props;
  const shape = sparklineShape(readings, { width, height, padding: 2.5 }, range);
  const naming = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg
      {...naming}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      width={width}
      height={height}
      className={cn("forced-mark shrink-0 overflow-visible", className)}
    >
      {filled ? <path d={shape.area} fill={ink.accent} fillOpacity={0.1} /> : null}
      <path
        d={shape.path}
        fill="none"
        stroke={ink.accent}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {shape.last && !filled ? <circle cx={shape.last.x} cy={shape.last.y} r={2} fill={ink.accent} /> : null}
    </svg>
  );
}
