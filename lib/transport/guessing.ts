import { addressOf } from "./host";
import { giveGuessBack, takeGuess, waitForGuess } from "@/lib/store/guesses";
import { millis, type Millis } from "@/lib/domain/ids";
import { rateLimited } from "./limits";
import { Refusal } from "@/lib/domain/errors";
import { sha256 } from "@/lib/store/digest";

/** How many wrong secrets may be tried, on all servers of a store together. */
export const GUESSES = {
  /** Different wrong credentials from one address. */
  credential: { capacity: 300, perMinute: 60 },
  /** Different wrong links or keys on the sign-in page, from one address. */
  signIn: { capacity: 20, perMinute: 6 },
  /** Different wrong passwords for one person, from wherever they come. */
  account: { capacity: 10, perMinute: 2 },
} as const;

/** Callers that this process remembers; beyond it all are forgotten, and asked about anew. */
const MOST_REMEMBERED = 10_000;

/** Where a secret comes from, and for what. */
export interface Attempt {
  readonly kind: keyof typeof GUESSES;
  readonly request: Request;
  readonly secret: string;
  /** Whose account it is tried on; absent: what counts is where it comes from. */
  readonly account?: string;
}

interface Kept {
  /**
   * The same wrong secret again is a program that is set up wrongly, and no further guess. Kept by this process alone: what people mistype is
   * nearly their password, and must not be in a database.
   */
  readonly wrong: Map<string, Set<string>>;
  /** Until when who sends wrong credentials is not looked up any more. */
  readonly shut: Map<string, Millis>;
}

// Next may load this module once per route.
const shared = globalThis as { palimpsestGuessers?: Kept };
const kept = (): Kept => (shared.palimpsestGuessers ??= { wrong: new Map(), shut: new Map() });

/** Tries a secret, unless too many wrong ones came from where it comes from; a wrong one counts. */
export const attempted = <T>(attempt: Attempt, now: Millis, work: () => Promise<T>): Promise<T> =>
  attempt.kind === "credential" ? lookedUp(attempt, now, work) : guessed(attempt, work);

/**
 * The guess is taken before it is known whether it is right, so that of many at once no more get through than may; who was right gets
 * it back.
 */
async function guessed<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  const [name, limit, isOld] = [guesser(attempt), GUESSES[attempt.kind], wasWrong(attempt)];
  const waitMs = await (isOld ? waitForGuess(name, limit) : takeGuess(name, limit));
  if (waitMs > 0) throw tooMany(attempt, waitMs);
  try {
    const done = await work();
    if (!isOld) await giveGuessBack(name, limit);
    return done;
  } catch (error) {
    if (isWrong(error)) rememberWrong(attempt);
    else if (!isOld) await giveGuessBack(name, limit);
    throw error;
  }
}

/** Before every request, so a right credential costs no statement of its own: only wrong ones are counted, and shut the door for a while. */
async function lookedUp<T>(attempt: Attempt, now: Millis, work: () => Promise<T>): Promise<T> {
  const name = guesser(attempt);
  const { shut } = kept();
  const until = shut.get(name) ?? now;
  if (until > now) throw tooMany(attempt, until - now);
  shut.delete(name);
  try {
    return await work();
  } catch (error) {
    if (!isWrong(error) || wasWrong(attempt)) throw error;
    rememberWrong(attempt);
    const waitMs = await takeGuess(name, GUESSES[attempt.kind]);
    if (waitMs === 0) throw error;
    if (shut.size >= MOST_REMEMBERED) shut.clear();
    shut.set(name, millis(now + waitMs));
    throw tooMany(attempt, waitMs);
  }
}

const isWrong = (error: unknown): boolean => error instanceof Refusal && error.code === "unauthenticated";

const guesser = ({ kind, request, account }: Attempt): string => `${kind} ${account ?? addressOf(request)}`;

const fingerprint = ({ secret }: Attempt): string => Buffer.from(sha256(secret)).toString("base64");

const wasWrong = (attempt: Attempt): boolean =>
  kept().wrong.get(guesser(attempt))?.has(fingerprint(attempt)) ?? false;

function rememberWrong(attempt: Attempt): void {
  const { wrong } = kept();
  if (wrong.size >= MOST_REMEMBERED) wrong.clear();
  const name = guesser(attempt);
  const own = wrong.get(name) ?? new Set<string>();
  wrong.set(name, own);
  if (own.size >= MOST_REMEMBERED) own.clear();
  own.add(fingerprint(attempt));
}

function tooMany({ account }: Attempt, waitMs: number): Refusal {
  const whence = account === undefined ? "came from this address" : "were tried for this account";
  return rateLimited(`Too many wrong credentials ${whence}. Wait as long as Retry-After says.`, waitMs);
}
