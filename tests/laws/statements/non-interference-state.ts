import { chooserFrom } from "@/tests/support/choose";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { comparable, expectSame } from "@/tests/support/oracle";
import { playerOn, revertible } from "@/tests/support/play";
import { reachBetween } from "@/tests/support/declared-reach";
import type { Law } from "@/tests/support/check-laws";

export const nonInterferenceState: Law = {
  name: "non-interference (state)",
  claim: "a revert leaves every target outside its reach as it was, and writes none of them",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const { some, number } = chooserFrom(picks);
    const asked = reverts(some(revertible(ledger), 1 + number(2)));
    const before = ledger.fork();
    // The reach is declared from what was asked, by the oracle, so an engine that does more cannot widen it.
    const after = before.all.concat(
      asked.map((draft, i) => ({ ...draft, seq: before.all.length + 1 + i, at: 0 }) as never),
    );
    const reach = reachBetween(before.all, after);

    const applied = await ledger.append(asked);
    const [old, now] = [comparable(before.state()), comparable(ledger.state())];
    for (const [id, view] of [...old.memories, ...now.memories]) {
      if (!reach.memories.has(id)) expectSame([old.memories.get(id), now.memories.get(id)], [view, view]);
    }
    for (const [id, own] of [...old.relations, ...now.relations]) {
      if (!reach.relations.has(id)) expectSame([old.relations.get(id), now.relations.get(id)], [own, own]);
    }
    for (const [name, value] of [...old.parameters, ...now.parameters]) {
      if (!reach.parameters.has(name))
        expectSame([old.parameters.get(name), now.parameters.get(name)], [value, value]);
    }
    expectSame(
      [...applied.memories.keys()].filter((id) => !reach.memories.has(id)),
      [],
    );
  },
};
