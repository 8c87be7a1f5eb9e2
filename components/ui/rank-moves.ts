/** How a ranked list changed: one row for each member of either list. */

export type RankMoveKind = "up" | "down" | "same" | "entered" | "left";

export interface RankMove {
  readonly id: string;
  /** Counted from 1; null where the member is not in that list. */
  readonly from: number | null;
  readonly to: number | null;
  readonly kind: RankMoveKind;
}

/** In the order of the new list, then those that left, in the order of the old one. */
export function rankMoves(before: readonly string[], after: readonly string[]): readonly RankMove[] {
  const kept = after.map((id, index) => move(id, rankOf(before, id), index + 1));
  const left = before.filter((id) => !after.includes(id)).map((id) => move(id, rankOf(before, id), null));
  return [...kept, ...left];
}

/** Only what is no longer where it was, the largest moves first. */
export function movedOnly(moves: readonly RankMove[]): readonly RankMove[] {
  return moves.filter((candidate) => candidate.kind !== "same").sort((one, other) => size(other) - size(one));
}

/** "Rises from 3 to 1", "Enters at 2", "Leaves, was 4". */
export function describeMove(moved: RankMove): string {
  switch (moved.kind) {
    case "up":
      return `Rises from ${moved.from} to ${moved.to}`;
    case "down":
      return `Falls from ${moved.from} to ${moved.to}`;
    case "same":
      return `Stays at ${moved.to}`;
    case "entered":
      return `Enters at ${moved.to}`;
    case "left":
      return `Leaves, was ${moved.from}`;
  }
}

function move(id: string, from: number | null, to: number | null): RankMove {
  return { id, from, to, kind: kindOf(from, to) };
}

function kindOf(from: number | null, to: number | null): RankMoveKind {
  if (to === null) return "left";
  if (from === null) return "entered";
  if (from === to) return "same";
  return to < from ? "up" : "down";
}

function rankOf(list: readonly string[], id: string): number | null {
  const index = list.indexOf(id);
  return index < 0 ? null : index + 1;
}

function size({ from, to }: RankMove): number {
  return from === null || to === null ? Infinity : Math.abs(from - to);
}
