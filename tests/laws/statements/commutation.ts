import { chooserFrom, type Chooser } from "@/tests/support/choose";
import { draftOf, inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { expectSame, expectSameState } from "@/tests/support/oracle";
import { playerOn } from "@/tests/support/play";
import { targetKey, type Change } from "@/lib/domain/ledger/change";
import type { Law } from "@/tests/support/check-laws";

export const commutation: Law = {
  name: "commutation",
  claim: "changes on different targets give equal state in whatever order they are appended",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const other = inMemoryLedger(engine.apply);
    for (const change of reordered(ledger.all, chooserFrom(picks)))
      await other.append([draftOf(change)], change.at);
    expectSameState(other.state(), ledger.state());
    expectSame(other.statuses, ledger.statuses);
    expectSame(other.unsupported, ledger.unsupported);
  },
};

/**
 * Another order that keeps what is written to one target in its order, each change after those that it names, and an
 * observation with shares after the memberships by which it knew the leaves.
 */
function reordered(changes: readonly Change[], { number }: Chooser): Change[] {
  const waiting = [...changes];
  const mustPrecede = (earlier: Change, change: Change) =>
    targetKey(earlier.target) === targetKey(change.target) ||
    namesOf(change).includes(earlier.id) ||
    (earlier.op === "member" && change.op === "observe" && change.payload.shares !== null);
  return changes.flatMap(() => {
    const ready = waiting.filter(
      (change, i) => !waiting.slice(0, i).some((earlier) => mustPrecede(earlier, change)),
    );
    const next = ready[number(ready.length)];
    return next === undefined ? [] : waiting.splice(waiting.indexOf(next), 1);
  });
}

const namesOf = (change: Change): readonly string[] => [
  ...change.dependsOn,
  ...(change.reverts === null ? [] : [change.reverts]),
  ...(change.support?.terms.map((t) => t.change) ?? []),
];
