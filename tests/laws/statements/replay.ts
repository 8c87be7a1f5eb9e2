import { draftOf, inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { expectSame, expectSameState, liveOnes } from "@/tests/support/oracle";
import { playerOn } from "@/tests/support/play";
import type { Law } from "@/tests/support/check-laws";

export const replay: Law = {
  name: "replay",
  claim:
    "state is the fold of the same ledger with the changes that are not live deleted, however it was appended",
  holds: async (engine, { steps }) => {
    const { ledger, play } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const live = liveOnes(ledger.all);
    expectSameState(ledger.state(), engine.fold(live));
    expectSameState(engine.fold(ledger.all), engine.fold(live));

    const again = inMemoryLedger(engine.apply);
    for (const change of ledger.all) await again.append([draftOf(change)], change.at);
    expectSameState(again.state(), ledger.state());
    expectSame(again.statuses, ledger.statuses);
  },
};
