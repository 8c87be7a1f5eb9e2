import { CONSTANTS } from "@/lib/domain/parameters";
import { millis, type Millis } from "@/lib/domain/ids";

/** Tokens that are left, and when they were counted. */
export interface Bucket {
  /** 0 … capacity; fractions are what has come back so far of the next one. */
  readonly tokens: number;
  readonly at: Millis;
}

export interface Allowance {
  /** Requests that may come at once; at least 1. */
  readonly capacity: number;
  /** Tokens that come back; above 0. */
  readonly perMinute: number;
}

export interface Taken {
  readonly bucket: Bucket;
  /** Milliseconds until the next token; 0 when one was taken. */
  readonly waitMs: number;
}

/** Takes one token. What was never asked for before is full; a smaller allowance takes hold at once. */
export function takeToken(before: Bucket | null, allowance: Allowance, now: Millis): Taken {
  const tokens = tokensAt(before, allowance, now);
  const at = millis(Math.max(now, before?.at ?? now));
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at }, waitMs: 0 };
  // What is short of a whole token by a rounding alone is not worth another millisecond.
  const waitMs = Math.ceil(((1 - tokens) * CONSTANTS.millisPerMinute) / allowance.perMinute - CONSTANTS.tiny);
  return { bucket: before ?? { tokens, at }, waitMs };
}

/** Tokens that there are now; a clock that was set back gives none and takes none. */
export function tokensAt(bucket: Bucket | null, { capacity, perMinute }: Allowance, now: Millis): number {
  if (bucket === null) return capacity;
  const passedMs = Math.max(0, now - bucket.at);
  return Math.min(capacity, bucket.tokens + (passedMs * perMinute) / CONSTANTS.millisPerMinute);
}
