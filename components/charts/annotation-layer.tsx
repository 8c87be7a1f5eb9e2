"use client";

import { useRouter } from "next/navigation";
import { usePlotArea, useXAxisDomain } from "recharts";
import { describeGroup, groupAnnotations, type Annotation, type AnnotationGroup } from "./annotations";
import { MARKER_GAP_PX, ink } from "./chart-theme";
import { DAY_MS } from "@/lib/format/time";
import { EventMark } from "./event-mark";
import { dayToMs } from "./time-axis";

/** Vertical markers on a chart whose x axis is time in milliseconds, or days of equal width. A child of the chart. */
export function AnnotationLayer({ annotations }: { readonly annotations: readonly Annotation[] }) {
  const area = usePlotArea();
  const [fromMs, toMs] = timesOf(useXAxisDomain());
  if (!area || !(toMs > fromMs)) return null;
  const xOf = (atMs: number) => area.x + ((atMs - fromMs) / (toMs - fromMs)) * area.width;
  const inside = annotations.filter((annotation) => annotation.atMs >= fromMs && annotation.atMs <= toMs);
  return (
    <g>
      {groupAnnotations(inside, xOf, MARKER_GAP_PX).map((group) => (
        <Marker key={group.x} group={group} top={area.y} bottom={area.y + area.height} />
      ))}
    </g>
  );
}

/** The ends of the axis; one of days ends with its last day's last moment. */
function timesOf(domain: ReturnType<typeof useXAxisDomain>): readonly [number, number] {
  const [first, last] = [domain?.[0], domain?.at(-1)];
  if (typeof first === "string" && typeof last === "string") return [dayToMs(first), dayToMs(last) + DAY_MS];
  return [Number(first), Number(last)];
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
      <EventMark kind={first.kind} x={group.x} y={top - 2} />
      {group.members.length > 1 ? (
        <text x={group.x + 7} y={top + 2} fontSize={10} fill={ink.text}>
          {group.members.length}
        </text>
      ) : null}
    </g>
  );
}
