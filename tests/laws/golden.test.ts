/** Ledgers of every version of the fold so far. If one of these fails, somebody's memories have changed under them. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { draftOf, inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { foldAsOf } from "@/lib/domain/ledger/fold";
import { seqOf } from "@/lib/domain/ids";
import { stateDigest } from "@/tests/support/oracle";
import type { GoldenLedger } from "@/tests/support/golden-ledger";

const FOLDER = new URL("golden/", import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
const load = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as GoldenLedger;

describe("golden ledgers", () => {
  it("are there", () => expect(files.length).toBeGreaterThanOrEqual(4));

  it.each(files)("%s folds to its recorded digests", (name) => {
    const { changes, digests } = load(name);
    expect(Object.keys(digests)).toContain(String(changes.length));
    const folded = Object.keys(digests).map((seq) => [
      seq,
      stateDigest(foldAsOf(changes, seqOf(Number(seq)))),
    ]);
    expect(Object.fromEntries(folded)).toEqual(digests);
  });

  it.each(files)("%s is projected to its recorded digests", async (name) => {
    const { changes, digests } = load(name);
    const ledger = inMemoryLedger();
    for (const change of changes) {
      await ledger.append([draftOf(change)], change.at);
      const recorded = digests[change.seq];
      if (recorded !== undefined) expect(stateDigest(ledger.state())).toBe(recorded);
    }
  });
});
