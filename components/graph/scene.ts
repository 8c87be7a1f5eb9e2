import { hiddenNeighbours, isSoAt, type DrawnGraph, type GraphEdge, type GraphNode } from "./drawn-graph";

export type EntityType = GraphNode["type"];

/** Colours of the picture, as WebGL reads them. */
export interface Palette {
  readonly types: Readonly<Record<EntityType, string>>;
  readonly edge: string;
  readonly made: string;
  readonly faded: string;
  readonly added: string;
  readonly removed: string;
  readonly path: string;
  /** What the picture lies on. */
  readonly ground: string;
}

export interface SceneNode {
  readonly key: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly color: string;
  readonly forceLabel: boolean;
}

export interface SceneEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly size: number;
  readonly color: string;
  readonly label: string;
}

export interface Look {
  readonly palette: Palette;
  /** Only what is so then is drawn in full; null: everything. */
  readonly atMs: number | null;
  readonly middleId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly path: readonly string[];
}

const SMALLEST = 4;
const LARGEST = 16;
const THINNEST = 0.6;
const THICKEST = 4;

/** What is drawn, and how: size tells how many memories name it, thickness how strong a relation is. */
export function sceneOf(
  drawn: DrawnGraph,
  look: Look,
): { readonly nodes: SceneNode[]; readonly edges: SceneEdge[] } {
  const most = Math.max(1, ...drawn.nodes.map((node) => node.memories));
  const isDrawn = new Set(drawn.nodes.map((node) => node.id));
  return {
    nodes: drawn.nodes.map((node) => ({
      key: node.id,
      label: labelOf(drawn, node),
      x: node.x,
      y: node.y,
      size: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(node.memories / most),
      color: nodeColor(node, look),
      forceLabel: node.id === look.middleId || look.selected.has(node.id) || look.path.includes(node.id),
    })),
    edges: onePerPair(drawn.edges)
      .filter(({ from, to }) => isDrawn.has(from) && isDrawn.has(to) && from !== to)
      .map((edge) => ({
        key: edge.id,
        from: edge.from,
        to: edge.to,
        size: THINNEST + (THICKEST - THINNEST) * edge.strength,
        color: edgeColor(edge, look),
        label: edge.type,
      })),
  };
}

/** Two that are related in several ways are joined by one line: what a cycle did first, then the strongest. */
function onePerPair(edges: readonly GraphEdge[]): GraphEdge[] {
  const pairs = new Map<string, GraphEdge>();
  for (const edge of [...edges].sort(
    (a, b) => Number(b.mark !== null) - Number(a.mark !== null) || b.strength - a.strength,
  )) {
    const pair = [edge.from, edge.to].sort().join();
    if (!pairs.has(pair)) pairs.set(pair, edge);
  }
  return [...pairs.values()];
}

/** Signs, not colour alone: what a cycle added or removed, and how many neighbours are not drawn. */
function labelOf(drawn: DrawnGraph, node: GraphNode): string {
  const sign = node.mark === "added" ? "+ " : node.mark === "removed" ? "− " : "";
  const more = hiddenNeighbours(drawn, node);
  return `${sign}${node.name}${more > 0 ? `  +${more}` : ""}`;
}

function nodeColor(node: GraphNode, { palette, atMs }: Look): string {
  if (!isSoAt(node, atMs)) return palette.faded;
  if (node.mark === "added") return palette.added;
  return node.mark === "removed" ? palette.removed : palette.types[node.type];
}

function edgeColor(edge: GraphEdge, { palette, atMs, path }: Look): string {
  if (!isSoAt(edge, atMs)) return palette.faded;
  if (edge.mark === "added") return palette.added;
  if (edge.mark === "removed") return palette.removed;
  const places = [edge.from, edge.to].map((id) => path.indexOf(id));
  const isOnPath = places.every((place) => place >= 0) && Math.abs((places[0] ?? 0) - (places[1] ?? 0)) === 1;
  if (isOnPath) return palette.path;
  return edge.made ? palette.made : palette.edge;
}
