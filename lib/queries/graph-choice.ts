import { neighbourhoodOf, pathBetween } from "@/lib/domain/graph/neighbourhood";
import { requireKey, type OpenMap } from "./open-map";
import type { getGraph as input } from "@/lib/contracts/graph";
import type { InputOf } from "./asker";
import type { Marks } from "./cycle-marks";

/** Which entities to draw. */
export interface Chosen {
  /** With their steps from the middle; null where there is no middle. */
  readonly entities: ReadonlyMap<string, number | null>;
  readonly path: readonly string[] | null;
  /** Neighbours of the middle that were left out. */
  readonly more: number;
}

const DEFAULT_LIMIT = 150;
/** Longer ways explain nothing. */
const MOST_STEPS = 6;

export function chosenFrom(opened: OpenMap, asked: InputOf<typeof input>, marks: Marks | null): Chosen {
  const { map, ranked } = opened;
  const limit = asked.limit ?? DEFAULT_LIMIT;
  const leastStrength = asked.minStrength ?? 0;
  const tiesOf = (name: string) => map.tiesOf(name);
  if (asked.entity === undefined) {
    const all = marks === null ? ranked.shown.map(({ key }) => key) : marks.touched;
    return { entities: new Map(all.slice(0, limit).map((key) => [key, null])), path: null, more: 0 };
  }
  const from = requireKey(opened, asked.entity);
  if (asked.to !== undefined) {
    const path = pathBetween(
      tiesOf,
      { from, to: requireKey(opened, asked.to) },
      { steps: MOST_STEPS, leastStrength },
    );
    return { entities: new Map((path ?? []).map((key, depth) => [key, depth])), path, more: 0 };
  }
  const { entities, more } = neighbourhoodOf(tiesOf, from, { depth: asked.depth ?? 1, limit, leastStrength });
  return { entities: new Map(entities.map(({ name, depth }) => [name, depth])), path: null, more };
}
