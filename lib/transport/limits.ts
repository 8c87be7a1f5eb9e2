import { addressOf } from "./host";
import { Refusal } from "@/lib/domain/errors";
import { sha256 } from "@/lib/store/digest";
import { takeToken, tokensAt, type Allowance, type Bucket } from "@/lib/domain/safety/token-bucket";
import type { Millis } from "@/lib/domain/ids";

/**
 * How much may be tried. Requests of a key follow the parameter `safety.requestsPerMinute` of its workspace; bodies end at
 * `maxBodyBytes` on every entrance but the import, which streams.
 */
export const LIMITS = {
  /** A key may use up so much of its minute at once. */
  burstShare: 1 / 6,
  /** Different wrong credentials from one address. */
  credential: { capacity: 300, perMinute: 60 },
  /** Different wrong links or keys on the sign-in page, from one address. */
  signIn: { capacity: 20, perMinute: 6 },
  /** Different wrong passwords for one person, from wherever they come. */
  account: { capacity: 10, perMinute: 2 },
  /** Callers that are remembered; beyond it those that have all their tokens again are forgotten. */
  remembered: 10_000,
} as const;

interface Guesses {
  bucket: Bucket | null;
  /** The same wrong secret again is a program that is set up wrongly, and no further guess. */
  readonly seen: Set<string>;
}

interface Kept {
  readonly requests: Map<string, Bucket>;
  readonly guesses: Map<string, Guesses>;
}

// Next may load this module once per route.
const shared = globalThis as { palimpsestLimits?: Kept };
const kept = (): Kept => (shared.palimpsestLimits ??= { requests: new Map(), guesses: new Map() });

/** Refuses a caller who has used its minute up; `perMinute` 0 lets everything pass. */
export function countRequest(caller: string, perMinute: number, now: Millis): void {
  if (perMinute === 0) return;
  const { requests } = kept();
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

type GuessKind = "credential" | "signIn" | "account";
/** Where a secret comes from, and for what. */
export interface Attempt {
  readonly kind: GuessKind;
  readonly request: Request;
  readonly secret: string;
  /** Whose account it is tried on; absent: what counts is where it comes from. */
  readonly account?: string;
}

/** Refuses an address, or for an account, too many wrong secrets, before it is known whether this one is right. */
export function refuseGuessing(attempt: Attempt, now: Millis): void {
  const allowance = LIMITS[attempt.kind];
  const bucket = kept().guesses.get(guesser(attempt))?.bucket ?? null;
  if (tokensAt(bucket, allowance, now) >= 1) return;
  const { waitMs } = takeToken(bucket, allowance, now);
  const whence = attempt.account === undefined ? "came from this address" : "were tried for this account";
  throw rateLimited(`Too many wrong credentials ${whence}. Wait as long as Retry-After says.`, waitMs);
}

export function countWrongSecret(attempt: Attempt, now: Millis): void {
  const { kind, secret } = attempt;
  const { guesses } = kept();
  if (guesses.size >= LIMITS.remembered) guesses.clear();
  const name = guesser(attempt);
  const own = guesses.get(name) ?? { bucket: null, seen: new Set<string>() };
  guesses.set(name, own);
  const hash = Buffer.from(sha256(secret)).toString("base64");
  if (own.seen.has(hash)) return;
  if (own.seen.size >= LIMITS.remembered) own.seen.clear();
  own.seen.add(hash);
  own.bucket = takeToken(own.bucket, LIMITS[kind], now).bucket;
}

const guesser = ({ kind, request, account }: Attempt): string => `${kind} ${account ?? addressOf(request)}`;

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
const rateLimited = (detail: string, waitMs: number): Refusal =>
  new Refusal("rate_limited", detail, { extra: { retryAfterSeconds: Math.ceil(waitMs / MS_PER_SECOND) } });
