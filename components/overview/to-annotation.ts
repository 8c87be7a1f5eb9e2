import type { CallOutput } from "@/lib/client/api";
import { toMs } from "@/lib/format/time";
import type { Annotation } from "../charts/annotations";
import { annotationKind } from "../charts/event-kinds";

type Marked = CallOutput<"metrics.overview">["annotations"][number];

/** A cycle, merge, revert, setting or import as every chart over time marks it, leading to its entry on the timeline. */
export function toAnnotation({ at, kind, label, groupId }: Marked): Annotation {
  return { atMs: toMs(at), kind: annotationKind(kind), label, href: `/timeline?group=${groupId}` };
}
