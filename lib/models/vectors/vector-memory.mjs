/**
 * Where the vectors of one index lie in shared memory. It grows by blocks and never moves, so that no vector is ever
 * copied to make room, and a scan may run in another thread while vectors are added.
 *
 *   one query per side | block 0: rows, their scales, sums per side | block 1 | …
 *
 * Plain JavaScript, because the worker thread loads this very file.
 */
import { LANES } from "./dot-kernel.mjs";
import { quantizeQuery } from "./quantize.mjs";

/** Two threads may scan at once; each writes its query and its sums to places of its own. */
export const SIDE = { main: 0, worker: 1 };

const SIDES = 2;
const ROWS_PER_BLOCK = 1024;
const NUMBERS_BYTES = ROWS_PER_BLOCK * Float32Array.BYTES_PER_ELEMENT;
const QUERY_BYTES = Int16Array.BYTES_PER_ELEMENT;

/**
 * @typedef {{ memory: WebAssembly.Memory, dot: import("./dot-kernel.mjs").DotKernel, rowBytes: number }} Vectors
 */

/** @param {number} dimensions */
export function rowBytesOf(dimensions) {
  return Math.ceil(dimensions / LANES) * LANES;
}

/** The memory that is needed for rows up to and including this one. @param {number} rowBytes @param {number} row */
export function bytesForRow(rowBytes, row) {
  return blockAddress(rowBytes, Math.floor(row / ROWS_PER_BLOCK) + 1);
}

/**
 * @param {{ memory: WebAssembly.Memory, rowBytes: number }} vectors
 * @param {number} row
 * @param {Uint8Array} packed the factor as a 32-bit float, then a signed byte a number
 */
export function writeRow({ memory, rowBytes }, row, packed) {
  const block = blockAddress(rowBytes, Math.floor(row / ROWS_PER_BLOCK));
  const place = row % ROWS_PER_BLOCK;
  const scales = new Float32Array(memory.buffer, block + ROWS_PER_BLOCK * rowBytes, ROWS_PER_BLOCK);
  scales[place] = new DataView(packed.buffer, packed.byteOffset).getFloat32(0, true);
  const numbers = packed.subarray(Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(memory.buffer, block + place * rowBytes, numbers.length).set(numbers);
}

/**
 * The dot product of the query with rows `from` to `to`. A row that is replaced meanwhile may be read half old, half
 * new by this one scan.
 * @param {Vectors} vectors
 * @param {{ query: Float32Array, side: number, from: number, to: number }} scan
 */
export function scanRows({ memory, dot, rowBytes }, { query, side, from, to }) {
  const similarities = new Float32Array(to - from);
  const queryAddress = side * rowBytes * QUERY_BYTES;
  const queryScale = quantizeQuery(query, new Int16Array(memory.buffer, queryAddress, query.length));
  for (let row = from; row < to;) {
    const block = Math.floor(row / ROWS_PER_BLOCK);
    const address = blockAddress(rowBytes, block);
    const first = row % ROWS_PER_BLOCK;
    const rows = Math.min(to - row, ROWS_PER_BLOCK - first);
    const scalesAddress = address + ROWS_PER_BLOCK * rowBytes;
    const sumsAddress = scalesAddress + NUMBERS_BYTES * (1 + side);
    dot(address + first * rowBytes, rows, rowBytes, queryAddress, sumsAddress);
    const scales = new Float32Array(memory.buffer, scalesAddress, ROWS_PER_BLOCK);
    const sums = new Int32Array(memory.buffer, sumsAddress, rows);
    for (let i = 0; i < rows; i++) {
      similarities[row - from + i] = (sums[i] ?? 0) * (scales[first + i] ?? 0) * queryScale;
    }
    row += rows;
  }
  return similarities;
}

/**
 * The dot product of the query with single rows, in the order in which they are named.
 * @param {Vectors} vectors
 * @param {{ query: Float32Array, side: number, rows: readonly number[] }} scan
 */
export function scanSomeRows({ memory, dot, rowBytes }, { query, side, rows }) {
  const similarities = new Float32Array(rows.length);
  const queryAddress = side * rowBytes * QUERY_BYTES;
  const queryScale = quantizeQuery(query, new Int16Array(memory.buffer, queryAddress, query.length));
  const floats = new DataView(memory.buffer);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const address = blockAddress(rowBytes, Math.floor(row / ROWS_PER_BLOCK));
    const place = row % ROWS_PER_BLOCK;
    const scalesAddress = address + ROWS_PER_BLOCK * rowBytes;
    const sumsAddress = scalesAddress + NUMBERS_BYTES * (1 + side);
    dot(address + place * rowBytes, 1, rowBytes, queryAddress, sumsAddress);
    const scale = floats.getFloat32(scalesAddress + place * Float32Array.BYTES_PER_ELEMENT, true);
    similarities[i] = floats.getInt32(sumsAddress, true) * scale * queryScale;
  }
  return similarities;
}

/** @param {number} rowBytes @param {number} block */
function blockAddress(rowBytes, block) {
  const queries = SIDES * rowBytes * QUERY_BYTES;
  return queries + block * (ROWS_PER_BLOCK * rowBytes + NUMBERS_BYTES * (1 + SIDES));
}
