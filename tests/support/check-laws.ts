/**
 * A law is a claim about every history. `prove` states it as a test over random ones; `breaks` looks for a history on which
 * a defective engine fails it. `expectProjection` is the part that any test which builds a history checks as it goes.
 */
import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";
import { describe, it } from "vitest";

import { apply } from "@/lib/domain/ledger/apply";
import { fold, foldAsOf, foldRegisters } from "@/lib/domain/ledger/fold";
import { rank } from "@/lib/search/rank";
import { takeOut } from "@/lib/domain/ledger/take-out";
import { initial, type Registers } from "@/lib/domain/registers/registers";
import { story, type Story } from "./histories";
import { expectSame, expectSameState, liveOnes, statusesOf, unsupportedIn } from "./oracle";
import type { Apply, InMemoryLedger } from "./in-memory-ledger";
import type { TargetKey } from "@/lib/domain/ledger/change";

/** What the laws are about: the path that production takes, and the folds beside it. */
export interface Engine {
  readonly apply: Apply;
  readonly fold: typeof fold;
  readonly foldAsOf: typeof foldAsOf;
  readonly takeOut: typeof takeOut;
  readonly rank: typeof rank;
}
export const PRODUCTION: Engine = { apply, fold, foldAsOf, takeOut, rank };

export interface Law {
  readonly name: string;
  /** A sentence that is true of the product. */
  readonly claim: string;
  /** Throws on a history on which the claim is false. */
  readonly holds: (engine: Engine, story: Story) => Promise<void>;
}

const setting = (name: "LAWS_SEED" | "LAWS_RUNS", otherwise: number): number =>
  Number(process.env[name] ?? otherwise);
/** Fixed, so that a run tells something about the code and not about chance; `npm run laws:long` draws fresh ones. */
export const SEED = setting("LAWS_SEED", 20260101);
export const RUNS = setting("LAWS_RUNS", 1000);

/** Kept failures are stories that once broke the law, by a name that says what was wrong. */
export function prove(law: Law, keptFailures: Readonly<Record<string, Story>> = {}): void {
  describe(`law of ${law.name}`, () => {
    it(`${law.claim} (${RUNS} histories, seed ${SEED})`, { timeout: RUNS * 1000 }, async () => {
      const property = fc.asyncProperty(story, (tale) => law.holds(PRODUCTION, tale));
      await fc.assert(property, { seed: SEED, numRuns: RUNS });
    });
    for (const [name, tale] of Object.entries(keptFailures)) {
      it(`holds where it once did not: ${name}`, () => law.holds(PRODUCTION, tale));
    }
  });
}

/** How many histories it took to find one on which the engine fails the law; null when it holds on all of them. */
export async function breaks(law: Law, engine: () => Engine, within: number): Promise<number | null> {
  const property = fc.asyncProperty(story, (tale) => law.holds(engine(), tale));
  const found = await fc.check(property, { seed: SEED, numRuns: within, endOnFailure: true });
  return found.failed ? found.numRuns : null;
}

/** Registers, views, statuses and flags as stored are those of the fold of the whole ledger. */
export function expectProjection(ledger: InMemoryLedger, engine: Engine = PRODUCTION): void {
  expectSame(written(ledger.projected), written(foldRegisters(liveOnes(ledger.all))));
  expectSameState(ledger.state(), engine.fold(ledger.all));
  expectSame(ledger.statuses, statusesOf(ledger.all));
  expectSame(ledger.unsupported, unsupportedIn(ledger.all));
}

/** A target that nothing live writes to may be stored as an empty one or not at all. */
export function written(registers: ReadonlyMap<TargetKey, Registers>): Map<TargetKey, Registers> {
  return new Map([...registers].filter(([, own]) => !isDeepStrictEqual(own, initial(own.type))));
}
