/** Coefficients of a logistic regression, the last of them the offset. */
export type Fit = readonly number[];

const ROUNDS = 60;
const RIDGE = 3e-6;
const CLOSE = 1e-9;

/** Logistic regression by Newton's method, with a small ridge on all but the offset. */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[]): Fit {
  const width = (rows[0]?.length ?? 0) + 1;
  let at: number[] = new Array<number>(width).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = newtonStep(rows, labels, at);
    at = at.map((value, i) => value - (step[i] ?? 0));
    if (Math.max(...step.map(Math.abs)) < CLOSE) break;
  }
  return at;
}

export const logOdds = (row: readonly number[], fit: Fit): number =>
  row.reduce((sum, value, i) => sum + value * (fit[i] ?? 0), fit.at(-1) ?? 0);

export const chance = (odds: number): number => 1 / (1 + Math.exp(-odds));

function newtonStep(rows: readonly (readonly number[])[], labels: readonly boolean[], at: Fit): number[] {
  const width = at.length;
  const gradient = new Array<number>(width).fill(0);
  const curvature = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  for (const [r, row] of rows.entries()) {
    const p = chance(logOdds(row, at));
    const [error, weight] = [
      (p - (labels[r] ? 1 : 0)) / rows.length,
      Math.max(CLOSE, p * (1 - p)) / rows.length,
    ];
    const full = [...row, 1];
    for (let i = 0; i < width; i += 1) {
      const x = full[i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + error * x;
      const line = curvature[i] ?? [];
      for (let j = 0; j < width; j += 1) line[j] = (line[j] ?? 0) + weight * x * (full[j] ?? 0);
    }
  }
  for (let i = 0; i < width - 1; i += 1) {
    gradient[i] = (gradient[i] ?? 0) + 2 * RIDGE * (at[i] ?? 0);
    const line = curvature[i] ?? [];
    line[i] = (line[i] ?? 0) + 2 * RIDGE;
  }
  return solved(curvature, gradient);
}

/** Gaussian elimination with the largest pivot. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, i) => [...line, right[i] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = rows
      .slice(column)
      .reduce(
        (best, row, i) =>
          Math.abs(row[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? i + column : best,
        column,
      );
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    const top = rows[column] ?? [];
    for (const [i, row] of rows.entries()) {
      if (i === column) continue;
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      for (let j = column; j <= size; j += 1) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}
