/** Two memories and how sure it is that they say the same. */
export interface ScoredPair {
  readonly a: string;
  readonly b: string;
  /** 0…1. */
  readonly certainty: number;
}

export interface Cluster {
  /** In the order of their ids. */
  readonly members: readonly string[];
  /** The lowest certainty of any two of them: as sure as it is of the cluster. */
  readonly certainty: number;
}

export interface ClusterRule {
  /** Every pair inside a cluster has at least this certainty, 0…1. */
  readonly least: number;
  /** Members of the largest cluster. */
  readonly most: number;
}

/**
 * Groups memories around the surest pairs, so that every pair inside a group is sure by itself: a chain of likenesses never
 * becomes one group. Pivots are taken in the order of their best pair (then their id), and the order of the input does not matter.
 * A pair that was never scored counts as unlike.
 */
export function clustersOf(pairs: readonly ScoredPair[], { least, most }: ClusterRule): Cluster[] {
  const sure = pairs.filter((pair) => pair.certainty >= least && pair.a !== pair.b);
  const near = new Map<string, Map<string, number>>();
  const link = (a: string, b: string, certainty: number) => {
    const own = near.get(a) ?? new Map<string, number>();
    near.set(a, own.set(b, Math.max(certainty, own.get(b) ?? 0)));
  };
  for (const { a, b, certainty } of sure) {
    link(a, b, certainty);
    link(b, a, certainty);
  }
  const taken = new Set<string>();
  const clusters: Cluster[] = [];
  for (const pivot of pivots(near)) {
    if (taken.has(pivot)) continue;
    const members = around(pivot, { near, taken, most });
    if (members.length < 2) continue;
    for (const member of members) taken.add(member);
    clusters.push({ members: [...members].sort(), certainty: lowest(members, near) });
  }
  return clusters;
}

type Near = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Those with the surest pair first; of equal ones the id decides. */
function pivots(near: Near): string[] {
  const best = new Map([...near].map(([id, own]) => [id, Math.max(...own.values())]));
  return [...near.keys()].sort((a, b) => (best.get(b) ?? 0) - (best.get(a) ?? 0) || (a < b ? -1 : 1));
}

/** The pivot's neighbours, surest first, each of which has to be sure of everyone who is in already. */
function around(
  pivot: string,
  { near, taken, most }: { readonly near: Near; readonly taken: ReadonlySet<string>; readonly most: number },
): string[] {
  const members = [pivot];
  const candidates = [...(near.get(pivot) ?? [])]
    .filter(([id]) => !taken.has(id))
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [id] of candidates) {
    if (members.length < most && members.every((member) => near.get(member)?.has(id))) members.push(id);
  }
  return members;
}

function lowest(members: readonly string[], near: Near): number {
  return Math.min(...members.flatMap((a, i) => members.slice(i + 1).map((b) => near.get(a)?.get(b) ?? 0)));
}
