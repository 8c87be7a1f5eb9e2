import { cn } from "./cn";
import { rankMoves, type RankMove } from "./rank-moves";

export interface RankSlopesProps {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Ranks below this are cut off. */
  readonly depth?: number;
  /** Height of one rank, to match the rows of lists beside it. */
  readonly rowPx?: number;
  readonly className?: string;
}

const DENSE_ROW_PX = 16;
const WIDTH_PX = 96;
const PAD_PX = 10;

const strokes: Readonly<Record<RankMove["kind"], string>> = {
  up: "stroke-gain-mark",
  down: "stroke-loss-mark",
  same: "stroke-ghost",
  entered: "stroke-gain-mark",
  left: "stroke-loss-mark",
};

/** Ranks before on the left and after on the right, joined by a line; who enters or leaves is dashed. The list beside it says the same in words. */
export function RankSlopes({ before, after, depth = 5, rowPx = DENSE_ROW_PX, className }: RankSlopesProps) {
  const moves = rankMoves(before.slice(0, depth), after.slice(0, depth));
  const rows = Math.min(depth, Math.max(before.length, after.length));
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH_PX} ${rows * rowPx}`}
      width={WIDTH_PX}
      height={rows * rowPx}
      className={cn("shrink-0 overflow-visible", className)}
    >
      {moves.map((move) => (
        <Slope key={move.id} move={move} rows={rows} rowPx={rowPx} />
      ))}
      {Array.from({ length: rows }, (_, index) => (
        <g key={index} className="num fill-muted text-[10px]">
          <text x={0} y={rankY(index + 1, rowPx) + 3.5}>
            {index + 1}
          </text>
          <text x={WIDTH_PX} y={rankY(index + 1, rowPx) + 3.5} textAnchor="end">
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}

interface SlopeProps {
  readonly move: RankMove;
  readonly rows: number;
  readonly rowPx: number;
}

function Slope({ move, rows, rowPx }: SlopeProps) {
  const outside = rows + 0.9;
  const [fromY, toY] = [rankY(move.from ?? outside, rowPx), rankY(move.to ?? outside, rowPx)];
  // Ranks of two digits need more room beside their dots.
  const pad = PAD_PX + (rows > 9 ? 8 : 4);
  const [x1, x2] = [pad, WIDTH_PX - pad];
  return (
    <g
      className={cn("forced-mark fill-none", strokes[move.kind])}
      strokeWidth={move.kind === "same" ? 1 : 1.75}
    >
      <path
        d={`M${x1},${fromY} C${x1 + 24},${fromY} ${x2 - 24},${toY} ${x2},${toY}`}
        strokeDasharray={move.from === null || move.to === null ? "3 3" : undefined}
      />
      {move.from === null ? null : <circle cx={x1} cy={fromY} r={2} fill="var(--surface)" />}
      {move.to === null ? null : <circle cx={x2} cy={toY} r={2} fill="var(--surface)" />}
    </g>
  );
}

function rankY(rank: number, rowPx: number): number {
  return (rank - 0.5) * rowPx;
}
