/** That two entities have something to do with each other. */
export interface Tie {
  /** Name of the other one. */
  readonly to: string;
  /** 0…1. */
  readonly strength: number;
}

/** The ties of an entity, each of the others once. */
export type TiesOf = (name: string) => readonly Tie[];

export interface Neighbourhood {
  /** Entities with their distance from the one asked about, nearest first. */
  readonly entities: readonly { readonly name: string; readonly depth: number }[];
  /** Neighbours of the one asked about that are left out. */
  readonly more: number;
}

export interface Around {
  /** Steps from the middle, 1 or more. */
  readonly depth: number;
  /** Entities at most, the middle included. */
  readonly limit: number;
  /** 0…1; weaker ties are left out, and lead nowhere. */
  readonly leastStrength: number;
}

/**
 * What to draw around one entity: those it is tied to, and so on to a depth. Of too many, the most strongly tied go first; of
 * equals the one whose name comes first.
 * Worked: ties a–b .5, a–c .3, b–d .9; around a, depth 1: a, b, c; depth 2: d as well.
 */
export function neighbourhoodOf(tiesOf: TiesOf, name: string, around: Around): Neighbourhood {
  const depths = new Map([[name, 0]]);
  let ring = [name];
  let more = 0;
  for (let depth = 1; depth <= around.depth && ring.length > 0; depth += 1) {
    const reached = ring
      .flatMap((from) => strongEnough(tiesOf(from), around.leastStrength))
      .filter((tie) => !depths.has(tie.to))
      .sort(strongestFirst);
    const all = [...new Set(reached.map((tie) => tie.to))];
    const next = all.slice(0, Math.max(0, around.limit - depths.size));
    if (depth === 1) more = all.length - next.length;
    for (const to of next) depths.set(to, depth);
    ring = next;
  }
  return { entities: [...depths].map(([drawn, depth]) => ({ name: drawn, depth })), more };
}

/**
 * The shortest way from one entity to another, both included; of equally short ones the first over stronger ties. null: there
 * is none of at most so many steps.
 * Worked: ties a–b, b–c, a–c: from a to c is [a, c].
 */
export function pathBetween(
  tiesOf: TiesOf,
  ends: { readonly from: string; readonly to: string },
  most: { readonly steps: number; readonly leastStrength: number },
): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[ends.from, null]]);
  let ring = [ends.from];
  for (let step = 0; step < most.steps && ring.length > 0 && !cameFrom.has(ends.to); step += 1) {
    const next: string[] = [];
    for (const from of ring) {
      for (const { to } of strongEnough(tiesOf(from), most.leastStrength).sort(strongestFirst)) {
        if (cameFrom.has(to)) continue;
        cameFrom.set(to, from);
        next.push(to);
      }
    }
    ring = next;
  }
  if (!cameFrom.has(ends.to)) return null;
  const path = [];
  for (let at: string | null = ends.to; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
  return path;
}

const strongEnough = (ties: readonly Tie[], least: number): Tie[] =>
  ties.filter(({ strength }) => strength >= least);

const strongestFirst = (a: Tie, b: Tie): number =>
  b.strength - a.strength || (a.to < b.to ? -1 : a.to > b.to ? 1 : 0);
