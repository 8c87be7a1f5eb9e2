import { CONSTANTS } from "./parameters";

/**
 * Vectors as they are kept: 8 bits a number and one factor a vector, the precision that a search compares them with. In
 * single precision they were two thirds of all that a memory takes on disk. A number is off by at most half a step of
 * 1/127 of the vector's largest one; over 384 numbers that is .0005 of a cosine (standard deviation), far below what
 * tells two memories apart.
 *
 *   factor, 32-bit float, little endian | numbers, signed bytes | next vector …
 */
const FACTOR_BYTES = Float32Array.BYTES_PER_ELEMENT;
const LARGEST = CONSTANTS.signedByte;

/** Vectors one after the other: as numbers, or packed. */
export type Vectors = Float32Array | Uint8Array;

/** What a packed vector takes. */
export const packedBytes = (dimensions: number): number => FACTOR_BYTES + dimensions;

/** How many numbers a vector has that stands alone. */
export const dimensionsOf = (vector: Vectors): number =>
  vector instanceof Float32Array ? vector.length : vector.length - FACTOR_BYTES;

/** Vectors of `dimensions` numbers each, one after the other; a number is off by at most half a step of 1/127 of its vector's largest. */
export function packed(vectors: Float32Array, dimensions: number): Uint8Array<ArrayBuffer> {
  const count = vectors.length / dimensions;
  const bytes = new Uint8Array(count * packedBytes(dimensions));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i += 1) {
    const from = i * packedBytes(dimensions);
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
  const count = bytes.length / packedBytes(dimensions);
  const vectors = new Float32Array(count * dimensions);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i += 1) {
    const from = i * packedBytes(dimensions);
    const factor = view.getFloat32(from, true);
    for (let k = 0; k < dimensions; k += 1)
      vectors[i * dimensions + k] = view.getInt8(from + FACTOR_BYTES + k) * factor;
  }
  return vectors;
}

/** A single vector that was packed. */
export const unpackedOne = (bytes: Uint8Array): Float32Array => unpacked(bytes, dimensionsOf(bytes));

/** The vectors packed, if they are not yet. */
export const inBytes = (vectors: Vectors, dimensions: number): Uint8Array =>
  vectors instanceof Float32Array ? packed(vectors, dimensions) : vectors;
