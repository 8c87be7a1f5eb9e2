import { chooserFrom } from "@/tests/support/choose";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { expectSame, expectSameState } from "@/tests/support/oracle";
import { playerOn, revertible } from "@/tests/support/play";
import type { Law } from "@/tests/support/check-laws";

export const order: Law = {
  name: "order",
  claim: "a set of reverts gives one state, whatever their order and whether in one append or in many",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const { some, shuffled } = chooserFrom(picks);
    const drafts = reverts(some(revertible(ledger), 4));
    const [inOrder, inAnother, atOnce] = [ledger.fork(), ledger.fork(), ledger.fork()];
    for (const draft of drafts) await inOrder.append([draft]);
    for (const draft of shuffled(drafts)) await inAnother.append([draft]);
    await atOnce.append(drafts);
    for (const other of [inAnother, atOnce]) {
      expectSameState(other.state(), inOrder.state());
      expectSame(other.statuses, inOrder.statuses);
      expectSame(other.unsupported, inOrder.unsupported);
    }
  },
};
