"use client";

import Graph from "graphology";
import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import Sigma from "sigma";
import { useReducedMotion } from "@/components/charts/use-reduced-motion";
import { drawNames, hoverOn } from "./label-drawing";
import { readPalette } from "./palette";
import { sceneOf, type Look } from "./scene";
import type { DrawnGraph } from "./drawn-graph";

export interface EntityCanvasProps extends Omit<Look, "palette"> {
  readonly drawn: DrawnGraph;
  readonly summary: string;
  /** A click; with Shift it selects one more. */
  readonly onPick: (id: string, isMore: boolean) => void;
  /** A double click. */
  readonly onExpand: (id: string) => void;
}

const MOVE_MS = 250;

/** The picture. All that it shows and does, the table does too, so to a screen reader it is one image with a summary. */
export default function EntityCanvas(props: EntityCanvasProps) {
  const { drawn, summary, atMs, middleId, selected, path } = props;
  const box = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const acts = useRef(props);
  const { resolvedTheme } = useTheme();
  const isStill = useReducedMotion();
  useEffect(() => {
    acts.current = props;
  });
  useEffect(() => {
    if (box.current === null) return;
    const made = startSigma(box.current, acts);
    sigma.current = made;
    return () => {
      made.kill();
      sigma.current = null;
    };
  }, []);
  useEffect(() => {
    const renderer = sigma.current;
    if (renderer === null || box.current === null) return;
    const palette = readPalette(box.current);
    const wasEmpty = renderer.getGraph().order === 0;
    fill(renderer, drawn, { palette, atMs, middleId, selected, path });
    renderer.setSetting("labelColor", { color: palette.path });
    renderer.setSetting("defaultDrawNodeHover", hoverOn(palette.ground));
    if (wasEmpty) void renderer.getCamera().animatedReset({ duration: isStill ? 0 : MOVE_MS });
  }, [drawn, atMs, middleId, selected, path, resolvedTheme, isStill]);
  return <div ref={box} role="img" aria-label={summary} className="h-full w-full cursor-grab" />;
}

function startSigma(box: HTMLElement, acts: { readonly current: EntityCanvasProps }): Sigma {
  const sigma = new Sigma(new Graph({ multi: false, type: "undirected" }), box, {
    allowInvalidContainer: true,
    labelFont: getComputedStyle(box).fontFamily,
    labelSize: 12,
    labelRenderedSizeThreshold: 4,
    renderLabels: false,
    zIndex: true,
    minCameraRatio: 0.05,
    maxCameraRatio: 4,
    enableEdgeEvents: false,
  });
  sigma.on("clickNode", ({ node, event }) => acts.current.onPick(node, event.original.shiftKey));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    acts.current.onExpand(node);
  });
  lightUpNeighbours(sigma);
  sigma.on("afterRender", () => drawNames(sigma, String(sigma.getGraph().getAttribute("ground") ?? "")));
  return sigma;
}

/** What the pointer is on stands out with its neighbours; the rest steps back. */
function lightUpNeighbours(sigma: Sigma): void {
  let lit: ReadonlySet<string> | null = null;
  let under: string | null = null;
  sigma.setSetting("nodeReducer", (node, attributes) => {
    // Its name stands on a card at its right, where the others then make room for it.
    if (node === under) return { ...attributes, forceLabel: true };
    if (lit === null || lit.has(node)) return attributes;
    return { ...attributes, label: "", zIndex: 0, size: Number(attributes["size"]) / 2 };
  });
  sigma.setSetting("edgeReducer", (edge, attributes) => {
    const isOff =
      lit !== null &&
      !sigma
        .getGraph()
        .extremities(edge)
        .every((end) => lit?.has(end));
    return { ...attributes, hidden: isOff };
  });
  sigma.on("enterNode", ({ node }) => {
    under = node;
    lit = new Set([node, ...sigma.getGraph().neighbors(node)]);
    sigma.refresh({ skipIndexation: true });
  });
  sigma.on("leaveNode", () => {
    under = null;
    lit = null;
    sigma.refresh({ skipIndexation: true });
  });
}

function fill(sigma: Sigma, drawn: DrawnGraph, look: Look): void {
  const { nodes, edges } = sceneOf(drawn, look);
  const graph = new Graph({ multi: false, type: "undirected" });
  for (const { key, ...node } of nodes)
    graph.addNode(key, {
      ...node,
      highlighted: look.selected.has(key),
      zIndex: look.selected.has(key) ? 2 : 1,
    });
  for (const { key, from, to, ...edge } of edges) graph.addEdgeWithKey(key, from, to, edge);
  graph.setAttribute("ground", look.palette.ground);
  sigma.setGraph(graph);
}
