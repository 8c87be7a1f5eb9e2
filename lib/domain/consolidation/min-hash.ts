import { CONSTANTS } from "@/lib/domain/parameters";
import type { Wording } from "./wording";

/**
 * MinHash (Broder 1997) of a text's shingles: the share of equal places in two signatures estimates the Jaccard similarity of
 * their shingles. 128 places in 32 bands of 4, so that texts with a Jaccard similarity of .8 share a band with probability
 * 1 − (1 − .8⁴)³² > .9999, of .4 with .56, and of .2 with .05.
 */
export function signatureOf(wording: Wording): Uint32Array {
  const signature = new Uint32Array(CONSTANTS.minHashes).fill(CONSTANTS.word - 1);
  for (const shingle of shinglesOf(wording)) {
    const hash = hashOf(shingle);
    for (let i = 0; i < signature.length; i += 1) {
      const value = mixed(hash, i);
      if (value < (signature[i] ?? 0)) signature[i] = value;
    }
  }
  return signature;
}

/** Pairs of neighbouring stems, and single ones of texts with fewer than two words. */
export function shinglesOf({ words }: Pick<Wording, "words">): string[] {
  const stems = words.map((word) => word.stem);
  return stems.length < 2 ? stems : stems.slice(1).map((stem, i) => `${stems[i] ?? ""} ${stem}`);
}

/** One key per band; texts that share a key are candidates. A text without words has none. */
export function bandsOf(signature: Uint32Array): string[] {
  if (signature[0] === CONSTANTS.word - 1) return [];
  const bands: string[] = [];
  for (let from = 0; from < signature.length; from += CONSTANTS.minHashRows) {
    bands.push(`${from}:${signature.subarray(from, from + CONSTANTS.minHashRows).join(",")}`);
  }
  return bands;
}

/** Estimate of the Jaccard similarity of two texts' shingles, 0…1. */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < a.length; i += 1) equal += a[i] === b[i] ? 1 : 0;
  return equal / Math.max(1, a.length);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash: number = CONSTANTS.fnvOffset;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), CONSTANTS.fnvPrime);
  return hash >>> 0;
}

/** A different permutation of the hashes for each place. */
function mixed(hash: number, place: number): number {
  let value = Math.imul(hash ^ Math.imul(place + 1, CONSTANTS.fnvPrime), CONSTANTS.mixPrime);
  value = Math.imul(value ^ (value >>> CONSTANTS.halfWord), CONSTANTS.mixPrime);
  return (value ^ (value >>> CONSTANTS.halfWord)) >>> 0;
}
