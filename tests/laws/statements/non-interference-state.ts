import { chooserFrom } from "@/tests/support/choose";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { comparable, expectSame } from "@/tests/support/oracle";
import { playerOn, revertible } from "@/tests/support/play";
import { reachBetween } from "@/tests/support/declared-reach";
import { millis, seqOf } from "@/lib/domain/ids";
import type { Change, Draft } from "@/lib/domain/ledger/change";
import type { MemoryView } from "@/lib/domain/memory/memory";
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
    const reach = reachBetween(before.all, [...before.all, ...asPlaced(asked, before.all.length)]);

    const applied = await ledger.append(asked);
    const [old, now] = [comparable(before.state()), comparable(ledger.state())];
    for (const part of ["memories", "relations", "parameters", "entities", "edges"] as const) {
      expectSame(outside(now[part], reach[part]), outside(old[part], reach[part]));
    }
    const isThere = (view: MemoryView | null) => view !== null && (view.exists || view.erased);
    const told = [...applied.memories].filter(([, move]) => isThere(move.before) || isThere(move.after));
    expectSame(outside(new Map(told), reach.memories), new Map());
  },
};

const outside = <V>(state: ReadonlyMap<string, V>, reach: ReadonlySet<string>): Map<string, V> =>
  new Map([...state].filter(([id]) => !reach.has(id)));

const asPlaced = (drafts: readonly Draft[], head: number): Change[] =>
  drafts.map((draft, i) => ({ ...draft, seq: seqOf(head + 1 + i), at: millis(0) }) as Change);
