import { direct } from "./prisma";
import { secretHash } from "./access";

/** How many wrong secrets may come at once, and how many more each minute. */
export interface GuessLimit {
  readonly capacity: number;
  readonly perMinute: number;
}

const MS_PER_MINUTE = 60_000;
const SECONDS_PER_MINUTE = 60;
/** A count that was not moved for so long is full again, whatever its limit is. */
const FULL_AGAIN_MS = 10 * MS_PER_MINUTE;
/** Callers that are remembered; beyond it those that rested longest are forgotten. */
export const MOST_GUESSERS = 50_000;
const PRUNE_EVERY = 200;

// Next may load this module once per route.
const shared = globalThis as { palimpsestGuesses?: { taken: number } };

/**
 * Takes one guess in one statement, so that two servers cannot both take the last one. Answers how many milliseconds there are to
 * wait for the next: 0 when this one was taken. The time is the database's.
 */
export async function takeGuess(name: string, { capacity, perMinute }: GuessLimit): Promise<number> {
  await pruneNowAndThen();
  const [taken] = await direct().$queryRaw<{ tokens: number }[]>`
    INSERT INTO "GuessAllowance" AS g ("name", "tokens", "at") VALUES (${secretHash(name)}, ${capacity - 1}::float8, clock_timestamp())
    ON CONFLICT ("name") DO UPDATE SET "at" = clock_timestamp(),
      "tokens" = least(${capacity}::float8, g."tokens" + extract(epoch FROM clock_timestamp() - g."at")::float8 * ${perMinute}::float8 / ${SECONDS_PER_MINUTE}::float8) - 1
    WHERE g."tokens" + extract(epoch FROM clock_timestamp() - g."at")::float8 * ${perMinute}::float8 / ${SECONDS_PER_MINUTE}::float8 >= 1
    RETURNING "tokens"`;
  return taken === undefined ? waitForGuess(name, { capacity, perMinute }) : 0;
}

/** Milliseconds until one more guess may be made; 0 when one may be made now. Takes none. */
export async function waitForGuess(name: string, { perMinute }: GuessLimit): Promise<number> {
  const [found] = await direct().$queryRaw<{ tokens: number }[]>`
    SELECT "tokens" + extract(epoch FROM clock_timestamp() - "at")::float8 * ${perMinute}::float8 / ${SECONDS_PER_MINUTE}::float8 AS "tokens"
    FROM "GuessAllowance" WHERE "name" = ${secretHash(name)}`;
  return Math.max(0, Math.ceil(((1 - (found?.tokens ?? 1)) * MS_PER_MINUTE) / perMinute));
}

/** It was no guess after all. */
export async function giveGuessBack(name: string, { capacity }: GuessLimit): Promise<void> {
  await direct().$executeRaw`
    UPDATE "GuessAllowance" SET "tokens" = least(${capacity}::float8, "tokens" + 1) WHERE "name" = ${secretHash(name)}`;
}

/** Forgets who has every guess again, and beyond the most that are remembered those that rested longest. */
async function pruneNowAndThen(): Promise<void> {
  const kept = (shared.palimpsestGuesses ??= { taken: 0 });
  kept.taken += 1;
  if (kept.taken % PRUNE_EVERY === 0) await pruneGuesses(MOST_GUESSERS);
}

export async function pruneGuesses(most: number): Promise<void> {
  await direct().$executeRaw`
    DELETE FROM "GuessAllowance" WHERE "at" < clock_timestamp() - ${FULL_AGAIN_MS}::float8 * interval '1 millisecond'
      OR "at" < (SELECT "at" FROM "GuessAllowance" ORDER BY "at" DESC OFFSET ${most} LIMIT 1)`;
}
