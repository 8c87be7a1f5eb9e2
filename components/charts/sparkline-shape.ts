/** The line of a sparkline, fitted into a box. Gaps in the numbers break the line. */

export interface SparklineBox {
  readonly width: number;
  readonly height: number;
  /** Room for the stroke and the last dot. */
  readonly padding: number;
}

export interface SparklineShape {
  readonly path: string;
  readonly area: string;
  readonly last: { readonly x: number; readonly y: number } | null;
}

type Reading = number | null;
type Point = readonly [x: number, y: number];

export function sparklineShape(
  readings: readonly Reading[],
  box: SparklineBox,
  range?: readonly [number, number],
): SparklineShape {
  const known = readings.filter((reading) => reading !== null);
  const [low, high] = range ?? [Math.min(...known), Math.max(...known)];
  const span = high - low;
  const step = (box.width - 2 * box.padding) / Math.max(1, readings.length - 1);
  const place = (reading: number, index: number): Point => [
    round(box.padding + index * step),
    // All readings alike lie in the middle, not on the floor: a level line is no low line.
    round(
      box.height - box.padding - (span === 0 ? 0.5 : (reading - low) / span) * (box.height - 2 * box.padding),
    ),
  ];
  const runs = splitRuns(readings.map((reading, index) => (reading === null ? null : place(reading, index))));
  const last = runs.at(-1)?.at(-1);
  const floor = box.height - box.padding;
  return {
    path: runs.map(linePath).join(""),
    area: runs.map((run) => `${linePath(run)}L${run.at(-1)?.[0]},${floor}L${run[0]?.[0]},${floor}Z`).join(""),
    last: last === undefined ? null : { x: last[0], y: last[1] },
  };
}

function splitRuns(points: readonly (Point | null)[]): readonly (readonly Point[])[] {
  const runs: Point[][] = [];
  let open: Point[] | null = null;
  for (const point of points) {
    if (point === null) {
      open = null;
      continue;
    }
    if (open === null) runs.push((open = []));
    open.push(point);
  }
  return runs;
}

function linePath(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x},${y}`).join("");
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
