import { Refusal } from "@/lib/domain/errors";
import { takeToken, tokensAt, type Allowance, type Bucket } from "@/lib/domain/safety/token-bucket";
import type { Millis } from "@/lib/domain/ids";

/**
 * How much may be asked. Requests of a key follow the parameter `safety.requestsPerMinute` of its workspace; bodies end at
 * `maxBodyBytes` on every entrance but the import, which streams.
 */
export const LIMITS = {
  /** A key may use up so much of its minute at once. */
  burstShare: 1 / 6,
  /** Callers that are remembered; beyond it those that have all their tokens again are forgotten. */
  remembered: 10_000,
} as const;

// Next may load this module once per route.
const shared = globalThis as { palimpsestLimits?: Map<string, Bucket> };
const kept = (): Map<string, Bucket> => (shared.palimpsestLimits ??= new Map());

/** Refuses a caller who has used its minute up; `perMinute` 0 lets everything pass. */
export function countRequest(caller: string, perMinute: number, now: Millis): void {
  if (perMinute === 0) return;
  const requests = kept();
  const allowance = { capacity: Math.max(1, Math.ceil(perMinute * LIMITS.burstShare)), perMinute };
  const { bucket, waitMs } = takeToken(requests.get(caller) ?? null, allowance, now);
  if (requests.size >= LIMITS.remembered) forgetFull(requests, allowance, now);
  requests.set(caller, bucket);
  if (waitMs > 0)
    throw rateLimited(
      `This key may make ${perMinute} requests a minute. Wait as long as Retry-After says, send batches, or raise the parameter safety.requestsPerMinute.`,
      waitMs,
    );
}

function forgetFull(buckets: Map<string, Bucket>, allowance: Allowance, now: Millis): void {
  for (const [name, bucket] of buckets)
    if (tokensAt(bucket, allowance, now) >= allowance.capacity) buckets.delete(name);
  // Nobody has rested: the oldest go, because a map must not grow with its callers.
  for (const name of buckets.keys()) {
    if (buckets.size < LIMITS.remembered) return;
    buckets.delete(name);
  }
}

const MS_PER_SECOND = 1000;
export const rateLimited = (detail: string, waitMs: number): Refusal =>
  new Refusal("rate_limited", detail, { extra: { retryAfterSeconds: Math.ceil(waitMs / MS_PER_SECOND) } });
