/** `fold` steps one change after another; the incremental path takes many at once and takes some out. They have to agree. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { chooserFrom } from "@/tests/support/choose";
import { groupBy } from "@/lib/domain/group-by";
import { initial, step, stepAll, unstepAll } from "@/lib/domain/registers/registers";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { liveOnes } from "@/tests/support/oracle";
import { playerOn } from "@/tests/support/play";
import { story, type Story } from "@/tests/support/histories";
import { targetKey, type Change } from "@/lib/domain/ledger/change";

async function byTarget({ steps }: Story): Promise<Change[][]> {
  const { ledger, play } = playerOn(inMemoryLedger());
  await play(steps);
  return [...groupBy(liveOnes(ledger.all), (c) => targetKey(c.target)).values()];
}
const emptyOf = (changes: readonly Change[]) => initial(changes[0]?.target.type ?? "memory");
const foldOf = (changes: readonly Change[]) => changes.reduce(step, emptyOf(changes));

const onHistories = (check: (changes: Change[], tale: Story) => void) =>
  fc.assert(
    fc.asyncProperty(story, async (tale) => {
      for (const changes of await byTarget(tale)) check(changes, tale);
    }),
    { seed: 1, numRuns: 200 },
  );

describe("the registers of one target", () => {
  it("are the same folded one by one and all at once", () =>
    onHistories((changes) => {
      expect(stepAll(emptyOf(changes), changes)).toEqual(foldOf(changes));
    }));

  it("are the same in any order of folding, an erasure apart", () =>
    onHistories((changes, { picks }) => {
      if (changes.some((c) => c.op === "purge")) return;
      expect(foldOf(chooserFrom(picks).shuffled(changes))).toEqual(foldOf(changes));
    }));

  it("forget changes exactly, or say that they cannot", () =>
    onHistories((changes, { picks }) => {
      const out = new Set(chooserFrom(picks).some(changes, 1 + Math.floor(changes.length / 4)));
      const left = unstepAll(foldOf(changes), [...out]);
      const rest = changes.filter((c) => !out.has(c));
      if (left !== null) expect(left).toEqual(rest.reduce(step, emptyOf(changes)));
    }));
});
