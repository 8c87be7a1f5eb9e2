/** Scales a vector to length 1, so that a dot product is a cosine. The zero vector stays zero: it resembles nothing. */
export function toUnitLength(vector: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  const length = Math.sqrt(squares);
  return Float32Array.from(vector, (component) => (length > 0 ? component / length : 0));
}
