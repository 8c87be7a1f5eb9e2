/**
 * Where the vectors of one index lie in shared memory. It grows by blocks and never moves, so that no vector is ever
 * copied to make room, and a scan may run in another thread while vectors are added.
 *
 *   one query per side | block 0: rows, results per side | block 1 | …
 *
 * Plain JavaScript, because the worker thread loads this very file.
 */
import { LANES } from "./dot-kernel.mjs";

export const ROWS_PER_BLOCK = 1024;

/** Two threads may scan at once; each writes its query and its results to places of its own. */
export const SIDE = { main: 0, worker: 1 };

const SIDES = 2;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
const RESULT_BYTES = ROWS_PER_BLOCK * FLOAT_BYTES;

/** @param {number} dimensions */
export function rowBytesOf(dimensions) {
  return Math.ceil(dimensions / LANES) * LANES * FLOAT_BYTES;
}

/** The memory that `blocks` blocks take. @param {number} rowBytes @param {number} blocks */
export function bytesFor(rowBytes, blocks) {
  return blockAddress(rowBytes, blocks);
}

/** @param {number} rowBytes @param {number} row */
export function rowAddress(rowBytes, row) {
  return blockAddress(rowBytes, Math.floor(row / ROWS_PER_BLOCK)) + (row % ROWS_PER_BLOCK) * rowBytes;
}

/**
 * The dot product of the query with rows `from` to `to`. A row that is replaced meanwhile may be read half old, half
 * new by this one scan.
 * @param {{ memory: WebAssembly.Memory, dot: import("./dot-kernel.mjs").DotKernel, rowBytes: number }} vectors
 * @param {{ query: Float32Array, side: number, from: number, to: number }} scan
 */
export function scanRows({ memory, dot, rowBytes }, { query, side, from, to }) {
  const similarities = new Float32Array(to - from);
  const queryAddress = side * rowBytes;
  new Float32Array(memory.buffer, queryAddress, query.length).set(query);
  for (let row = from; row < to;) {
    const block = Math.floor(row / ROWS_PER_BLOCK);
    const rows = Math.min(to, (block + 1) * ROWS_PER_BLOCK) - row;
    const results = blockAddress(rowBytes, block) + ROWS_PER_BLOCK * rowBytes + side * RESULT_BYTES;
    dot(rowAddress(rowBytes, row), rows, rowBytes, queryAddress, results);
    similarities.set(new Float32Array(memory.buffer, results, rows), row - from);
    row += rows;
  }
  return similarities;
}

/** @param {number} rowBytes @param {number} block */
function blockAddress(rowBytes, block) {
  return SIDES * rowBytes + block * (ROWS_PER_BLOCK * rowBytes + SIDES * RESULT_BYTES);
}
