import { comparable, expectSame, statusesOf } from "@/tests/support/oracle";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { playerOn } from "@/tests/support/play";
import type { Engine, Law } from "@/tests/support/check-laws";
import type { InMemoryLedger } from "@/tests/support/in-memory-ledger";

export const previewEqualsEffect: Law = {
  name: "preview",
  claim: "the dry run says exactly what the act then does, and leaves no trace",
  holds: async (engine, { steps }) => {
    const { ledger, perform } = playerOn(inMemoryLedger(twice(engine)));
    for (const step of steps) {
      const before = ledger.fork();
      const applied = await perform(step);
      if (applied !== null) expectToldMoves(engine, [before, ledger], applied);
    }
  },
};

/** Every append is run dry first; the two answers have to be one. */
const twice =
  ({ apply }: Engine): Engine["apply"] =>
  async (reader, head, input) => {
    const dry = await apply(reader, head, input);
    const act = await apply(reader, head, input);
    expectSame(act, dry);
    return act;
  };

/** What the answer says moved is what differs between the folds of the ledger before and after, no more and no less. */
function expectToldMoves(
  engine: Engine,
  [old, now]: readonly [InMemoryLedger, InMemoryLedger],
  applied: Awaited<ReturnType<Engine["apply"]>>,
): void {
  const [before, after] = [
    comparable(engine.fold(old.all)).memories,
    comparable(engine.fold(now.all)).memories,
  ];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const told = applied.memories.get(id);
    if (told === undefined) expectSame(after.get(id), before.get(id));
  }
  for (const [id, told] of applied.memories) {
    const there = [told.before, told.after].map((view) => (view?.exists || view?.erased ? view : undefined));
    expectSame(there, [before.get(id), after.get(id)]);
  }
  const [statusBefore, statusAfter] = [statusesOf(old.all), statusesOf(now.all)];
  for (const { id } of now.all) {
    const told = applied.statuses.find((m) => m.change.id === id);
    const was = statusBefore.get(id) ?? "live";
    expectSame([told?.before ?? was, told?.after ?? was], [was, statusAfter.get(id) ?? "live"]);
  }
}
