/**
 * Vectors as they are kept: 8 bits a number and one factor a vector, the precision that a search compares them with. In
 * single precision they were two thirds of all that a memory takes on disk.
 *
 *   factor, 32-bit float, little endian | numbers, signed bytes | next vector …
 */
const FACTOR_BYTES = Float32Array.BYTES_PER_ELEMENT;
const LARGEST = 127;

/** Vectors of `dimensions` numbers each, one after the other; a number is off by at most half a step of 1/127 of its vector's largest. */
export function packed(vectors: Float32Array, dimensions: number): Uint8Array<ArrayBuffer> {
  const count = vectors.length / dimensions;
  const bytes = new Uint8Array(count * (FACTOR_BYTES + dimensions));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i += 1) {
    const from = i * (FACTOR_BYTES + dimensions);
    const vector = vectors.subarray(i * dimensions, (i + 1) * dimensions);
    const largest = vector.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    view.setFloat32(from, largest / LARGEST, true);
    if (largest === 0) continue;
    const numbers = new Int8Array(bytes.buffer, from + FACTOR_BYTES, dimensions);
    for (let k = 0; k < dimensions; k += 1) numbers[k] = Math.round(((vector[k] ?? 0) / largest) * LARGEST);
  }
  return bytes;
}

/** The vectors that were packed, one after the other, as closely as they were kept. */
export function unpacked(bytes: Uint8Array, dimensions: number): Float32Array {
  const count = bytes.length / (FACTOR_BYTES + dimensions);
  const vectors = new Float32Array(count * dimensions);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i += 1) {
    const from = i * (FACTOR_BYTES + dimensions);
    const factor = view.getFloat32(from, true);
    for (let k = 0; k < dimensions; k += 1)
      vectors[i * dimensions + k] = view.getInt8(from + FACTOR_BYTES + k) * factor;
  }
  return vectors;
}

/** A single vector that was packed. */
export const unpackedOne = (bytes: Uint8Array): Float32Array => unpacked(bytes, dimensionsOf(bytes));

/** The length of a single packed vector. */
export const dimensionsOf = (bytes: Uint8Array): number => bytes.length - FACTOR_BYTES;
