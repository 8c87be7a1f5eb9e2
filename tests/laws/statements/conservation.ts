import { addAll, dueEvidence, expectSame, heldEvidence, roots } from "@/tests/support/oracle";
import { chooserFrom } from "@/tests/support/choose";
import { inMemoryLedger, type InMemoryLedger } from "@/tests/support/in-memory-ledger";
import { madeIn } from "@/tests/support/payloads";
import { playerOn } from "@/tests/support/play";
import type { Law } from "@/tests/support/check-laws";
import type { Step } from "@/tests/support/histories";
import type { Weight } from "@/lib/domain/ledger/change";

export const conservation: Law = {
  name: "conservation",
  claim: "evidence summed over all live memories is the same before a merge, during it and after its revert",
  holds: async (engine, { steps, picks }) => {
    const { ledger, perform, reverts } = playerOn(inMemoryLedger(engine.apply));
    for (const step of steps) {
      await perform(step);
      expectSame(heldEvidence(ledger.state()), dueEvidence(ledger.all, ledger.state()));
    }

    const before = heldEvidence(ledger.state());
    const merged = await perform(
      mergeOfRoots(
        ledger,
        chooserFrom(picks)
          .some(roots(ledger.state()), 3)
          .map((v) => v.id),
      ),
    );
    if (merged === null) return;
    expectSame(heldEvidence(ledger.state()), before);
    const told: Weight = [700_001, 300_002];
    await perform({
      do: "observe",
      who: 1,
      memory: madeIn(ledger).length - 1,
      alpha: told[0],
      beta: told[1],
      source: 1,
      day: 0,
      split: picks,
    });
    const during = addAll([before, told]);
    expectSame(heldEvidence(ledger.state()), during);
    // First one membership, then the rest of the merge, then all of it again.
    const [, ...members] = merged.changes;
    await ledger.append(reverts(members.slice(0, 1)));
    expectSame(heldEvidence(ledger.state()), during);
    const undo = await ledger.append(reverts(merged.changes));
    expectSame(heldEvidence(ledger.state()), during);
    await ledger.append(reverts(undo.changes));
    expectSame(heldEvidence(ledger.state()), during);
  },
};

/** A merge step names its sources by their number among the memories that are free. */
function mergeOfRoots(ledger: InMemoryLedger, ids: readonly string[]): Step {
  const free = madeIn(ledger).filter(({ id }) => roots(ledger.state()).some((view) => view.id === id));
  const sources = ids.map((id) => free.findIndex((m) => m.id === id));
  return { do: "merge", who: 1, sources, madeFrom: "all", claimed: false };
}
