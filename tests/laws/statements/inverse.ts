import { chooserFrom } from "@/tests/support/choose";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { expectSame, expectSameState } from "@/tests/support/oracle";
import { playerOn, revertible } from "@/tests/support/play";
import { written, type Law } from "@/tests/support/check-laws";

export const inverse: Law = {
  name: "inverse",
  claim: "revert and then redo is the identity, bit for bit",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const before = ledger.fork();
    const { some, shuffled } = chooserFrom(picks);
    const undo = await ledger.append(reverts(some(revertible(ledger), 3)));
    for (const draft of reverts(shuffled(undo.changes))) await ledger.append([draft]);

    expectSameState(ledger.state(), before.state());
    expectSame(written(ledger.projected), written(before.projected));
    const undone = new Set(undo.changes.map((c) => c.id));
    expectSame(new Map([...ledger.statuses].filter(([id]) => !undone.has(id))), before.statuses);
    expectSame(ledger.unsupported, before.unsupported);
  },
};
