import { chooserFrom } from "@/tests/support/choose";
import { expectSameState, without } from "@/tests/support/oracle";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { playerOn, revertible } from "@/tests/support/play";
import { SELECTIONS } from "@/tests/support/histories";
import type { Law } from "@/tests/support/check-laws";

export const massRevert: Law = {
  name: "mass revert",
  claim: "reverting a source, a session or an actor gives the fold of the ledger without its changes",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const { one } = chooserFrom(picks);
    for (const handle of SELECTIONS) {
      const name = one(ledger.all)?.[handle];
      const selected = revertible(ledger).filter((c) => c[handle] === name);
      const isSelected = new Set(selected.map((c) => c.id));
      const after = ledger.fork();
      await after.append(reverts(await engine.takeOut(ledger, selected)));
      expectSameState(after.state(), engine.fold(without(ledger.all, (c) => isSelected.has(c.id))));
    }
  },
};
