import { eventLook, isStroked, shapePath, type EventKind } from "./event-kinds";
import { ink } from "./chart-theme";

export interface EventMarkProps {
  readonly kind: EventKind;
  readonly x: number;
  readonly y: number;
  readonly radius?: number;
}

export function EventMark({ kind, x, y, radius = 4 }: EventMarkProps) {
  const { shape, color } = eventLook[kind];
  const stroked = isStroked(shape);
  return (
    <path
      d={shapePath(shape, radius)}
      transform={`translate(${x},${y})`}
      fill={stroked ? (shape === "ring" ? ink.surface : "none") : color}
      stroke={stroked ? color : ink.surface}
      strokeWidth={stroked ? 2 : 1}
      strokeLinecap="round"
      className="forced-mark"
    />
  );
}

export function EventLegend({ kinds }: { readonly kinds: readonly EventKind[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted">
      {kinds.map((kind) => (
        <li key={kind} className="inline-flex items-center gap-1.5">
          <svg aria-hidden width="12" height="12" viewBox="-6 -6 12 12">
            <EventMark kind={kind} x={0} y={0} />
          </svg>
          {eventLook[kind].label}
        </li>
      ))}
    </ul>
  );
}
