import { chooserFrom } from "@/tests/support/choose";
import { expectSameState, without } from "@/tests/support/oracle";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { playerOn } from "@/tests/support/play";
import type { Law } from "@/tests/support/check-laws";
import type { Step } from "@/tests/support/histories";

/** So that every history has one, in the middle of what happens before and after it. */
const cycleWith = (picks: readonly number[]): Step => ({
  do: "cycle",
  who: picks[0] ?? 0,
  sources: [0, 1, 2].map((i) => (picks[i] ?? i) % 12),
  archive: (picks[3] ?? 0) % 12,
  quarantine: (picks[4] ?? 0) % 12,
  value: picks[5] ?? 0,
});

export const wholeCycles: Law = {
  name: "whole cycles",
  claim:
    "reverting a cycle gives the fold of the ledger without its changes, whatever was taken back of it before; redoing the revert gives it back",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    const middle = Math.floor(steps.length / 2);
    await play([...steps.slice(0, middle), cycleWith(picks), ...steps.slice(middle)]);
    const { one } = chooserFrom(picks);
    const cycleId = one(ledger.all.filter((c) => c.cycleId !== null))?.cycleId;
    if (cycleId === undefined) return;
    const own = ledger.all.filter((c) => c.cycleId === cycleId && c.op !== "purge");
    const after = ledger.fork();
    const made = await after.append(reverts(await engine.takeOut(ledger, own)));
    expectSameState(after.state(), engine.fold(without(ledger.all, (c) => c.cycleId === cycleId)));
    await after.append(reverts(made.changes));
    expectSameState(after.state(), ledger.state());
  },
};
