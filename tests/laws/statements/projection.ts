import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { playerOn } from "@/tests/support/play";
import { expectProjection, type Law } from "@/tests/support/check-laws";

export const projection: Law = {
  name: "projection",
  claim: "after every append the projection is the fold of the ledger",
  holds: async (engine, { steps }) => {
    const player = playerOn(inMemoryLedger(engine.apply));
    for (const step of steps) {
      await player.perform(step);
      expectProjection(player.ledger, engine);
    }
  },
};
