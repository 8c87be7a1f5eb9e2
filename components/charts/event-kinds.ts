/** What can happen to a memory or a workspace, told apart in a chart by shape as well as by colour. */

import { ink } from "./chart-theme";

export const eventKinds = [
  "created",
  "gain",
  "loss",
  "edited",
  "merged",
  "reverted",
  "tuned",
  "imported",
  "cycle",
  "other",
] as const;
export type EventKind = (typeof eventKinds)[number];

export type Shape =
  "circle" | "triangleUp" | "triangleDown" | "square" | "diamond" | "cross" | "ring" | "bar";

export interface EventLook {
  readonly label: string;
  readonly shape: Shape;
  readonly color: string;
}

export const eventLook: Readonly<Record<EventKind, EventLook>> = {
  created: { label: "Created", shape: "ring", color: ink.strong },
  gain: { label: "Evidence for", shape: "triangleUp", color: ink.gain },
  loss: { label: "Evidence against", shape: "triangleDown", color: ink.loss },
  edited: { label: "Edited", shape: "square", color: ink.slate },
  merged: { label: "Merged", shape: "diamond", color: ink.accent },
  reverted: { label: "Reverted", shape: "cross", color: ink.reverted },
  tuned: { label: "Tuned", shape: "bar", color: ink.suspended },
  imported: { label: "Imported", shape: "square", color: ink.accent },
  cycle: { label: "Cycle", shape: "diamond", color: ink.slate },
  other: { label: "Other change", shape: "circle", color: ink.slate },
};

/** Side of the box a shape is drawn in, as an SVG path around the origin. */
export function shapePath(shape: Shape, r: number): string {
  switch (shape) {
    case "circle":
    case "ring":
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
    case "triangleUp":
      return `M0,${-r * 1.1}L${r * 1.1},${r * 0.9}L${-r * 1.1},${r * 0.9}Z`;
    case "triangleDown":
      return `M0,${r * 1.1}L${r * 1.1},${-r * 0.9}L${-r * 1.1},${-r * 0.9}Z`;
    case "square":
      return `M${-r * 0.9},${-r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}Z`;
    case "diamond":
      return `M0,${-r * 1.3}L${r * 1.3},0L0,${r * 1.3}L${-r * 1.3},0Z`;
    case "cross":
      return `M${-r},${-r}L${r},${r}M${r},${-r}L${-r},${r}`;
    case "bar":
      return `M${-r * 0.5},${-r * 1.2}h${r}v${r * 2.4}h${-r}Z`;
  }
}

/** Shapes made of lines have no inside to fill. */
export function isStroked(shape: Shape): boolean {
  return shape === "cross" || shape === "ring";
}

/** The kinds of annotation that the metrics name. */
export function annotationKind(kind: "merge" | "revert" | "tune" | "import" | "cycle"): EventKind {
  const kinds = {
    merge: "merged",
    revert: "reverted",
    tune: "tuned",
    import: "imported",
    cycle: "cycle",
  } as const;
  return kinds[kind];
}
