/**
 * From single precision to whole numbers.
 *
 * Plain JavaScript, because the worker thread loads this very file.
 */

const ROW_LIMIT = 127;
const QUERY_LIMIT = 32_767;
const SUM_LIMIT = 2 ** 31 - 1;

/**
 * Writes a query in 16 bits per number, small enough that no sum with a row of length 1 can leave 32 bits.
 * @param {Float32Array} vector @param {Int16Array} into
 */
export function quantizeQuery(vector, into) {
  const largest = largestOf(vector);
  const roots = Math.sqrt(vector.length);
  const levels = Math.min(QUERY_LIMIT, Math.floor((SUM_LIMIT * largest) / (ROW_LIMIT * roots)));
  if (levels <= 0) {
    into.fill(0);
    return 0;
  }
  for (let i = 0; i < vector.length; i++) into[i] = Math.round(((vector[i] ?? 0) / largest) * levels);
  return largest / levels;
}

/** @param {Float32Array} vector */
function largestOf(vector) {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i] ?? 0));
  return largest;
}
