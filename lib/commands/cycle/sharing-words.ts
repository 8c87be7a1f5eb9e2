import { bandsOf, shinglesOf, signatureOf } from "@/lib/domain/consolidation/min-hash";
import { CONSTANTS } from "@/lib/domain/parameters";
import type { IndexedMemory } from "@/lib/search/indexed-memory";

const BANDS = CONSTANTS.minHashes / CONSTANTS.minHashRows;
/** A band's 32 bits beside the place of a memory, in the 53 bits of one number. */
const PLACES = 2 ** 21;
/** A phrase that everybody repeats would make a pair of everything with everything. */
const FULL_BUCKET = 50;
/** What is alike by its words shares most of its bands; from so many partners on, others add nothing. */
const MOST_PARTNERS = 16;

export interface SharingWords {
  /** Whether a pair is looked at at all. */
  readonly isAlike: (a: IndexedMemory, b: IndexedMemory) => boolean;
  readonly isChanged: (memory: IndexedMemory) => boolean;
  readonly found: (a: IndexedMemory, b: IndexedMemory) => void;
  /** After each memory that was read, and after each band. */
  readonly pause: (step: number) => Promise<void>;
}

/**
 * Pairs that share a band of their MinHash signatures, one of them changed. Band by band everything is sorted by its bits, so that
 * equal ones stand together: 128 bytes a memory and n·log n steps, and no table of buckets.
 */
export async function sharingWords(memories: readonly IndexedMemory[], asked: SharingWords): Promise<void> {
  const members = memories.slice(0, PLACES).filter((memory) => memory.terms.length > 0);
  const bands = new Uint32Array(members.length * BANDS);
  for (const [place, memory] of members.entries()) {
    bands.set(bandsOf(signatureOf(shinglesOf(memory.terms))), place * BANDS);
    await asked.pause(place);
  }
  const partners = new Uint8Array(members.length);
  for (let band = 0; band < BANDS; band += 1) {
    const sorted = Float64Array.from(
      members,
      (_, place) => (bands[place * BANDS + band] ?? 0) * PLACES + place,
    ).sort();
    for (const bucket of bucketsOf(sorted))
      pairUp(
        bucket.map((place) => ({ place, memory: members[place] })),
        partners,
        asked,
      );
    await asked.pause(band);
  }
}

/** Places with equal bits, where there are two or more. */
function* bucketsOf(sorted: Float64Array): Generator<number[]> {
  let from = 0;
  for (let to = 1; to <= sorted.length; to += 1) {
    if (to < sorted.length && bitsAt(sorted, to) === bitsAt(sorted, from)) continue;
    if (to - from > 1)
      yield [...sorted.subarray(from, Math.min(to, from + FULL_BUCKET))].map((value) => value % PLACES);
    from = to;
  }
}

const bitsAt = (sorted: Float64Array, at: number): number => Math.floor((sorted[at] ?? 0) / PLACES);

interface Member {
  readonly place: number;
  readonly memory: IndexedMemory | undefined;
}

function pairUp(
  bucket: readonly Member[],
  partners: Uint8Array,
  { isAlike, isChanged, found }: SharingWords,
): void {
  const hasRoom = ({ place }: Member): boolean => (partners[place] ?? 0) < MOST_PARTNERS;
  for (const [i, one] of bucket.entries()) {
    for (const other of bucket.slice(i + 1)) {
      if (!one.memory || !other.memory || (!hasRoom(one) && !hasRoom(other))) continue;
      if (!(isChanged(one.memory) || isChanged(other.memory)) || !isAlike(one.memory, other.memory)) continue;
      for (const { place } of [one, other])
        partners[place] = Math.min(MOST_PARTNERS, (partners[place] ?? 0) + 1);
      found(one.memory, other.memory);
    }
  }
}
