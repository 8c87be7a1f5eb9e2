import { seededRandom } from "@/tests/support/seeded-random";

/** `count` vectors of length 1; the same seed gives the same vectors. */
export function seededUnitVectors(seed: number, count: number, dimensions: number): Float32Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, () => random() * 2 - 1);
    const length = Math.hypot(...vector);
    return vector.map((component) => component / length);
  });
}
