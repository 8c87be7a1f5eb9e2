import { expectSame, unsupportedIn } from "@/tests/support/oracle";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { playerOn } from "@/tests/support/play";
import type { Law } from "@/tests/support/check-laws";

export const softSupport: Law = {
  name: "soft support",
  claim: "a decision is flagged exactly while the evidence in force does not carry its recorded gate",
  holds: async (engine, { steps }) => {
    const { ledger, perform } = playerOn(inMemoryLedger(engine.apply));
    for (const step of steps) {
      await perform(step);
      expectSame(ledger.unsupported, unsupportedIn(ledger.all));
    }
  },
};
