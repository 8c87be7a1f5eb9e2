/** Marks of what happened, for charts over time. Those too close to be told apart become one. */

import type { EventKind } from "./event-kinds";

export interface Annotation {
  readonly atMs: number;
  readonly kind: EventKind;
  readonly label: string;
  readonly href?: string;
}

export interface AnnotationGroup {
  /** Where the group is drawn: at its first member. */
  readonly x: number;
  readonly members: readonly Annotation[];
}

/** In order of time. A group ends where the next mark is at least the gap away from the group's first. */
export function groupAnnotations(
  annotations: readonly Annotation[],
  xOf: (atMs: number) => number,
  minGapPx: number,
): readonly AnnotationGroup[] {
  const groups: { x: number; members: Annotation[] }[] = [];
  for (const annotation of [...annotations].sort((one, other) => one.atMs - other.atMs)) {
    const x = xOf(annotation.atMs);
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < minGapPx) last.members.push(annotation);
    else groups.push({ x, members: [annotation] });
  }
  return groups;
}

/** "Merged coffee notes" or "4 changes: …", for the mark's title. */
export function describeGroup(group: AnnotationGroup): string {
  const [first] = group.members;
  if (first === undefined) return "";
  if (group.members.length === 1) return first.label;
  return `${group.members.length} changes: ${group.members.map((member) => member.label).join("; ")}`;
}
