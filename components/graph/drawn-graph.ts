import type { CallOutput } from "@/lib/client/api";

export type GraphAnswer = CallOutput<"graph.get">;
export type GraphNode = GraphAnswer["nodes"][number];
export type GraphEdge = GraphAnswer["edges"][number];

/** What is on the page: an answer, and what was opened beside it. */
export interface DrawnGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Joins answers; what several of them hold is drawn once, as the first says it, and with the nearest depth. */
export function joinAnswers(answers: readonly Pick<GraphAnswer, "nodes" | "edges">[]): DrawnGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  answers.forEach((answer, i) => {
    for (const node of answer.nodes)
      if (!nodes.has(node.id)) nodes.set(node.id, i === 0 ? node : { ...node, depth: null });
    for (const edge of answer.edges) if (!edges.has(edge.id)) edges.set(edge.id, edge);
  });
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** How many of an entity's neighbours are not drawn. */
export function hiddenNeighbours({ edges }: DrawnGraph, node: GraphNode): number {
  const drawn = new Set(
    edges.flatMap(({ from, to }) => (from === node.id ? [to] : to === node.id ? [from] : [])),
  );
  return Math.max(0, node.neighbours - drawn.size);
}

interface Span {
  readonly validAt: string | null;
  readonly invalidAt: string | null;
}

/** Whether something is so at a time; null: at any time. */
export function isSoAt({ validAt, invalidAt }: Span, atMs: number | null): boolean {
  if (atMs === null) return true;
  const [since, until] = [validAt, invalidAt].map((time) => (time === null ? null : Date.parse(time)));
  return (since === null || since === undefined || since <= atMs) && (!until || atMs < until);
}

/** The strongest relation that an entity has with another one that is drawn. */
export function strongestOf({ edges }: DrawnGraph, id: string): GraphEdge | null {
  const own = edges.filter(({ from, to }) => from === id || to === id);
  return own.sort((a, b) => b.strength - a.strength)[0] ?? null;
}

/** As an edge reads from one of its ends: what is said before and after the other one's name. */
export function seenFrom(edge: GraphEdge | Omit<GraphEdge, "mark">, id: string) {
  const { from, to, fromName, toName, type } = edge;
  const other = from === id ? { id: to, name: toName } : { id: from, name: fromName };
  // To be mentioned together has no direction.
  const isForward = from === id || type === MENTIONED_WITH;
  return { other, before: isForward ? type : "", after: isForward ? "" : type };
}

const MENTIONED_WITH = "mentioned with";

/** One sentence for those who do not see the picture. */
export function summaryOf({ nodes, edges }: DrawnGraph, middle: GraphNode | undefined): string {
  const entities = `${nodes.length} ${nodes.length === 1 ? "entity" : "entities"}`;
  const relations = `${edges.length} ${edges.length === 1 ? "relation" : "relations"}`;
  const around = middle === undefined ? "" : ` around ${middle.name}`;
  const [strongest] = [...edges].sort((a, b) => b.strength - a.strength);
  const tie =
    strongest === undefined
      ? ""
      : ` The strongest is ${strongest.fromName} ${strongest.type} ${strongest.toName}.`;
  return `A graph of ${entities} and ${relations}${around}.${tie} The table holds the same.`;
}
