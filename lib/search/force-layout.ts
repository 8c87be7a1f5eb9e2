import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import louvain from "graphology-communities-louvain";
import { seeded } from "@/lib/domain/learning/explore";

export interface LayoutGraph {
  readonly nodes: { readonly key: string; readonly x: number; readonly y: number }[];
  readonly edges: { readonly from: string; readonly to: string; readonly strength: number }[];
}

/** So many nodes and more repel each other by the cell they are in. */
const MANY = 500;

/** Pulls what is tied together and pushes the rest apart, one round at a time; it draws no lots, so equal graphs end up equal. */
export function laidOutStep(given: LayoutGraph) {
  const graph = graphOf(given);
  const settings = {
    ...forceAtlas2.inferSettings(Math.max(1, graph.order)),
    barnesHutOptimize: graph.order > MANY,
    edgeWeightInfluence: 1,
  };
  return {
    run: () => {
      if (graph.order > 1) forceAtlas2.assign(graph, { iterations: 1, settings, getEdgeWeight: "strength" });
    },
    places: () => graph.mapNodes((key, { x, y }) => ({ key, x: Number(x), y: Number(y) })),
  };
}

/** Who stands together, by number; drawn with a seed of its own, so always alike. */
export function communitiesOf(given: LayoutGraph): ReadonlyMap<string, number> {
  const graph = graphOf(given);
  if (graph.size === 0) return new Map();
  let drawn = 0;
  const rng = () => seeded(`community ${(drawn += 1)}`);
  return new Map(Object.entries(louvain(graph, { getEdgeWeight: "strength", rng })));
}

function graphOf({ nodes, edges }: LayoutGraph): Graph {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const { key, x, y } of nodes) graph.addNode(key, { x, y });
  for (const { from, to, strength } of edges)
    if (graph.hasNode(to) && !graph.hasEdge(from, to))
      graph.addEdge(from, to, { strength: Math.max(strength, LEAST) });
  return graph;
}

/** A tie of no strength still is one. */
const LEAST = 0.01;
