import { describeMove, movedOnly, rankMoves } from "./rank-moves";
import { RankSlopes } from "./rank-slopes";

export interface RankedMemory {
  readonly memoryId: string;
  readonly label: string;
}

export interface QueryMove {
  readonly retrievalId: string;
  readonly query: string;
  /** In rank order. */
  readonly before: readonly RankedMemory[];
  readonly after: readonly RankedMemory[];
}

/** One query whose answer would be another: the largest moves in words, and all of them as slopes. */
export function QueryMoveRow({ move }: { readonly move: QueryMove }) {
  const [before, after] = [move.before.map(idOf), move.after.map(idOf)];
  const labels = new Map([...move.before, ...move.after].map((ranked) => [ranked.memoryId, ranked.label]));
  const moves = movedOnly(rankMoves(before, after)).slice(0, 4);
  return (
    <li className="flex flex-wrap items-start gap-x-5 gap-y-2 py-2.5">
      <div className="min-w-48 flex-1 text-sm">
        <p className="font-medium">“{move.query}”</p>
        <ul className="mt-0.5 text-xs text-muted">
          {moves.map((moved) => (
            <li key={moved.id} className="line-clamp-1">
              <span className={moveTone[moved.kind]}>{describeMove(moved)}</span>: {labels.get(moved.id)}
            </li>
          ))}
        </ul>
      </div>
      <RankSlopes before={before} after={after} />
    </li>
  );
}

function idOf(ranked: RankedMemory): string {
  return ranked.memoryId;
}

const moveTone = {
  up: "text-gain",
  entered: "text-gain",
  down: "text-loss",
  left: "text-loss",
  same: "",
} as const;
