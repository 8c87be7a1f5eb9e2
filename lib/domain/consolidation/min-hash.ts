import { CONSTANTS } from "@/lib/domain/parameters";

/**
 * MinHash (Broder 1997) of a text's shingles: the share of equal places in two signatures estimates the Jaccard similarity of
 * their shingles. 128 places in 32 bands of 4, so that texts with a Jaccard similarity of .8 share a band with probability
 * 1 − (1 − .8⁴)³² > .9999, of .4 with .56, and of .2 with .05.
 */
export function signatureOf(shingles: readonly number[]): Uint32Array {
  const signature = new Uint32Array(CONSTANTS.minHashes).fill(CONSTANTS.word - 1);
  for (const shingle of shingles) {
    for (let i = 0; i < signature.length; i += 1) {
      const value = mixed(shingle ^ Math.imul(i + 1, CONSTANTS.fnvPrime));
      if (value < (signature[i] ?? 0)) signature[i] = value;
    }
  }
  return signature;
}

/** Hashes of the pairs of neighbouring terms, and of the term of a text that has only one; terms are numbers of stems. */
export function shinglesOf(terms: ArrayLike<number>): number[] {
  const shingles: number[] = [];
  for (let i = Math.min(1, terms.length - 1); i >= 0 && i < terms.length; i += 1) {
    shingles.push(
      mixed(Math.imul(i === 0 ? 0 : (terms[i - 1] ?? 0) + 1, CONSTANTS.fnvPrime) ^ (terms[i] ?? 0)),
    );
  }
  return shingles;
}

/** One key of 32 bits per band; texts that share a key are candidates. A text without words has none. */
export function bandsOf(signature: Uint32Array): number[] {
  if (signature[0] === CONSTANTS.word - 1) return [];
  const bands: number[] = [];
  for (let from = 0; from < signature.length; from += CONSTANTS.minHashRows) {
    let band = mixed(from + 1);
    for (let i = from; i < from + CONSTANTS.minHashRows; i += 1)
      band = mixed(Math.imul(band, CONSTANTS.fnvPrime) ^ (signature[i] ?? 0));
    bands.push(band);
  }
  return bands;
}

/** Estimate of the Jaccard similarity of two texts' shingles, 0…1. */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < a.length; i += 1) equal += a[i] === b[i] ? 1 : 0;
  return equal / Math.max(1, a.length);
}

/** Spreads 32 bits over 32 bits. */
function mixed(bits: number): number {
  let value = Math.imul(bits ^ (bits >>> CONSTANTS.halfWord), CONSTANTS.mixPrime);
  value = Math.imul(value ^ (value >>> CONSTANTS.halfWord), CONSTANTS.mixPrime);
  return (value ^ (value >>> CONSTANTS.halfWord)) >>> 0;
}
