import { CONSTANTS } from "@/lib/domain/parameters";

/**
 * Statistics of the words in a workspace, frozen at one point of its ledger. Scores read these and never the store as it
 * is now: otherwise every new memory would shift the scores of all others (law 5). Which epoch is in force is a change.
 */
export interface Epoch {
  /** "0" before the first one. */
  readonly id: string;
  /** Memories counted. */
  readonly documents: number;
  /** Words per memory, stop words left out. */
  readonly averageLength: number;
  /** Memories that hold a stem; stems in fewer than two are left out, so that an erased memory leaves no word behind. */
  readonly frequencies: ReadonlyMap<string, number>;
  /** Names of people who say something here, as they are written. */
  readonly speakers: readonly string[];
  /** The latest time since when any of them is valid; null when nothing was counted, or by an epoch that did not note it. */
  readonly newestValidAt: number | null;
}

export const FIRST_EPOCH: Epoch = {
  id: "0",
  documents: 0,
  averageLength: CONSTANTS.typicalLength,
  frequencies: new Map(),
  speakers: [],
  newestValidAt: null,
};

/** idf = ln(1 + (N − df + ½)/(df + ½)), Lucene's form: never negative. A stem the epoch has not seen is as rare as can be. */
export function inverseFrequency(epoch: Epoch, stem: string): number {
  const df = epoch.frequencies.get(stem) ?? 0;
  return Math.log(1 + (Math.max(epoch.documents, df) - df + CONSTANTS.middle) / (df + CONSTANTS.middle));
}

/**
 * The time from which ages are counted: the one asked about, but not after the epoch's newest memory. In a store that nobody
 * has written to for years, everything would else be equally old. Milliseconds.
 */
export const ageFrom = (epoch: Epoch, at: number): number => Math.min(at, epoch.newestValidAt ?? at);
