import { aroundIn, holdersIn, indexOf, namesakesIn, searchFor } from "@/tests/support/search-state";
import { chooserFrom } from "@/tests/support/choose";
import { CONSTANTS } from "@/lib/domain/parameters";
import { expectSame } from "@/tests/support/oracle";
import { inMemoryLedger } from "@/tests/support/in-memory-ledger";
import { memoryId, type MemoryId } from "@/lib/domain/ids";
import { playerOn, revertible } from "@/tests/support/play";
import { reachBetween, type DeclaredReach } from "@/tests/support/declared-reach";
import { text } from "@/tests/support/payloads";
import type { Engine, Law } from "@/tests/support/check-laws";
import type { State } from "@/lib/domain/ledger/state";

export const nonInterferenceRanking: Law = {
  name: "non-interference (ranking)",
  claim: "a revert leaves any two memories outside its ranking reach in the order they had, for every query",
  holds: async (engine, { steps, picks }) => {
    const { ledger, play, reverts } = playerOn(inMemoryLedger(engine.apply));
    await play(steps);
    const { some, number } = chooserFrom(picks);
    // A parameter declares every ranking as its reach, so it is not among what is taken back here.
    const chosen = some(
      revertible(ledger).filter((c) => c.target.type !== "workspace"),
      1 + number(2),
    );
    const queries = [0, 1, 2, 3].map(() => text(number(64)));
    const before = { all: [...ledger.all], state: ledger.state() };
    await ledger.append(reverts(chosen));

    const reach = reachBetween(before.all, ledger.all);
    const declared = new Set([
      ...reach.memories,
      ...(await neighbours([before.state, ledger.state()], reach)),
    ]);
    const [old, now] = [
      await orders(engine, before.state, queries),
      await orders(engine, ledger.state(), queries),
    ];
    queries.forEach((_query, i) => {
      const [was, is] = [old[i] ?? [], now[i] ?? []].map((ids) => ids.filter((id) => !declared.has(id)));
      const inBoth = new Set(was?.filter((id) => is?.includes(id)));
      expectSame(
        is?.filter((id) => inBoth.has(id)),
        was?.filter((id) => inBoth.has(id)),
      );
    });
  },
};

/** The ids in ranked order, for each query. */
async function orders({ rank }: Engine, state: State, queries: readonly string[]): Promise<MemoryId[][]> {
  const index = await indexOf(state);
  const ranked: MemoryId[][] = [];
  for (const query of queries) ranked.push((await rank(index, searchFor(query, state))).map((r) => r.id));
  return ranked;
}

/**
 * The neighbours that a revert declares: memories within the context window, or that share a name, before or after, with one
 * whose text, place or presence moves; where an entity or an edge moves, the memories that hold one of its names, and those
 * that share a name with one of these. A change that touches a memory's evidence alone has none.
 */
async function neighbours(
  [before, after]: readonly [State, State],
  reach: DeclaredReach,
): Promise<MemoryId[]> {
  const moved = [...reach.memories].map(memoryId).filter((id) => said(before, id) !== said(after, id));
  const found: MemoryId[] = [];
  const names = [before, after].flatMap((state) => namesOf(state, reach));
  for (const state of [before, after]) {
    const index = await indexOf(state);
    found.push(...aroundIn(index, moved, CONSTANTS.contextTurns), ...namesakesIn(index, moved));
    const holders = holdersIn(index, names);
    found.push(...holders, ...namesakesIn(index, holders));
  }
  return found;
}

/** What the entities and edges in the reach are called. */
const namesOf = (state: State, { entities, edges }: DeclaredReach): string[] => [
  ...[...state.entities].flatMap(([id, { name, aliases }]) =>
    entities.has(id) ? [name, ...aliases.map((alias) => alias.name)] : [],
  ),
  ...[...state.edges].flatMap(([id, { ends }]) =>
    edges.has(id) && ends !== null ? [ends.from, ends.to] : [],
  ),
];

/** What neighbours read of a memory: that it can be found, its words, its speaker and its place in the session. */
function said(state: State, id: MemoryId): string {
  const view = state.memories.get(id);
  if (!view?.exists || view.lifecycle !== "active" || view.quarantined || view.mergedInto !== null)
    return "absent";
  return JSON.stringify([
    view.content,
    view.source.speaker,
    view.scope.sessionId,
    view.validAt,
    view.createdAt,
  ]);
}
