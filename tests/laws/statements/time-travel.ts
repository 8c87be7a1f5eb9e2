import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { expectSameState } from "@/tests/support/oracle";
import { playerOn } from "@/tests/support/play";
import { seqOf } from "@/lib/domain/ids";
import type { Law } from "@/tests/support/check-laws";

export const timeTravel: Law = {
  name: "time travel",
  claim:
    "the state as of a change is what stood there when that change was the newest, and the fold of the first ones",
  holds: async (engine, { steps }) => {
    const { ledger, perform } = playerOn(inMemoryLedger(engine.apply));
    const stood = [{ seq: 0, state: ledger.state() }];
    for (const step of steps) {
      await perform(step);
      stood.push({ seq: ledger.all.length, state: ledger.state() });
    }
    for (const { seq, state } of stood) expectSameState(engine.foldAsOf(ledger.all, seqOf(seq)), state);
    for (const { seq } of ledger.all) {
      expectSameState(engine.foldAsOf(ledger.all, seq), engine.fold(ledger.all.slice(0, seq)));
    }
  },
};
