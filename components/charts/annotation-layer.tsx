"use client";

import { useRouter } from "next/navigation";
import { usePlotArea, useXAxisDomain } from "recharts";
import { describeGroup, groupAnnotations, type Annotation, type AnnotationGroup } from "./annotations";
import { MARKER_GAP_PX, ink } from "./chart-theme";
import { dayKey } from "@/lib/format/time";
import { EventMark } from "./event-mark";

/** Marks stand above what is drawn, so that a bar of full height does not hide in them. */
const MARK_RAISE_PX = 7;

/** Vertical markers on a chart whose x axis is time in milliseconds, or days of equal width. A child of the chart. */
export function AnnotationLayer({ annotations }: { readonly annotations: readonly Annotation[] }) {
  const area = usePlotArea();
  const placeOf = placesOn(useXAxisDomain());
  if (!area || placeOf === null) return null;
  const xOf = (atMs: number) => area.x + placeOf(atMs) * area.width;
  const inside = annotations.filter(({ atMs }) => placeOf(atMs) >= 0 && placeOf(atMs) <= 1);
  return (
    <g>
      {groupAnnotations(inside, xOf, MARKER_GAP_PX).map((group) => (
        <Marker key={group.x} group={group} top={area.y} bottom={area.y + area.height} />
      ))}
    </g>
  );
}

/** Where a moment lies between the ends of the axis, which are 0 and 1; on an axis of days in the middle of its day. */
function placesOn(domain: ReturnType<typeof useXAxisDomain>): ((atMs: number) => number) | null {
  const [first, last] = [domain?.[0], domain?.at(-1)];
  if (domain !== undefined && typeof first === "string") {
    const places = new Map(domain.map((day, index) => [String(day), (index + 0.5) / domain.length]));
    return (atMs) => places.get(dayKey(atMs, "UTC")) ?? -1;
  }
  const [fromMs, toMs] = [Number(first), Number(last)];
  return toMs > fromMs ? (atMs) => (atMs - fromMs) / (toMs - fromMs) : null;
}

interface MarkerProps {
  readonly group: AnnotationGroup;
  readonly top: number;
  readonly bottom: number;
}

function Marker({ group, top, bottom }: MarkerProps) {
  const router = useRouter();
  const [first] = group.members;
  if (first === undefined) return null;
  const href = group.members.length === 1 ? first.href : undefined;
  // A link inside a picture cannot be reached by keys; the table view lists the same marks as real links.
  const press = href === undefined ? {} : { onClick: () => router.push(href), className: "cursor-pointer" };
  return (
    <g {...press}>
      <title>{describeGroup(group)}</title>
      <line x1={group.x} x2={group.x} y1={top} y2={bottom} stroke={ink.axis} strokeDasharray="2 2" />
      <rect x={group.x - 12} y={top - 12} width={24} height={24} fill="transparent" />
      <EventMark kind={first.kind} x={group.x} y={top - MARK_RAISE_PX} />
      {group.members.length > 1 ? (
        <text x={group.x + 7} y={top - 3} fontSize={10} fill={ink.text}>
          {group.members.length}
        </text>
      ) : null}
    </g>
  );
}
