import { chooserFrom } from "@/tests/support/choose";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { expectSame, expectSameState } from "@/tests/support/oracle";
import { playerOn, revertible } from "@/tests/support/play";
import { written, type Law } from "@/tests/support/check-laws";

export const suspensionLossless: Law = {
  name: "lossless suspension",
  claim:
    "what was suspended comes back whole, with all it gained meanwhile, and reverting everything leaves nothing",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    const { one, number } = chooserFrom(picks);
    const pause = 4 + number(steps.length - 4);
    await play(steps.slice(0, pause));
    const creation = one(ledger.all.filter((c) => c.op === "create" || c.op === "merge"));
    if (creation === undefined) return;
    const undo = await ledger.append(reverts([creation]));
    await play(steps.slice(pause));
    const redo = await ledger.append(reverts(undo.changes));
    const pair = new Set([...undo.changes, ...redo.changes].map((c) => c.id));
    expectSameState(ledger.state(), engine.fold(ledger.all.filter((c) => !pair.has(c.id))));

    await ledger.append(reverts(revertible(ledger).filter((c) => c.op !== "revert")));
    const { memories, relations, parameters } = ledger.state();
    expectSame(
      [...memories.values()].filter((view) => !view.erased),
      [],
    );
    expectSame([relations, parameters], [new Map(), new Map()]);
    const tombstones = ledger.all.flatMap((c) => (c.op === "purge" ? [`memory:${c.target.id}`] : []));
    expectSame(new Set(written(ledger.projected).keys()), new Set(tombstones));
  },
};
