/** A small workspace in which everything has happened once: every op, reverts, redos, suspended and unsupported changes. */
import { createMemories, createMemory } from "@/lib/commands/create-memory";
import { draftHead, envelope } from "@/lib/commands/context";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { draft } from "@/lib/domain/ledger/draft";
import { edgeIdOf, entityIdOf } from "@/lib/store/entity-id";
import { requireMemory } from "@/lib/queries/memory-rows";
import { brand, memoryId, type RelationId } from "@/lib/domain/ids";
import { appended, archiveFor, contest, ids, merge, observe, revertAll } from "./acts";
import { DAY, freshWorkspace, type TestWorkspace } from "./workspace";

export interface BusyWorkspace extends TestWorkspace {
  /** Some memories by what they are for. */
  readonly memories: {
    readonly tea: string;
    readonly merged: string;
    readonly apart: string;
    readonly taken: string;
  };
}

const RELATION = brand<RelationId>("01990000-0000-7000-8000-00000000abcd");

export async function busyWorkspace(): Promise<BusyWorkspace> {
  const workspace = await freshWorkspace();
  const { owner, ordinary, low, clock } = workspace;
  const idOf = async (content: string, more: object = {}) => {
    const made = await createMemory(owner, { content, ...more });
    clock.advance(DAY / 4);
    return made.memory.id;
  };
  const tea = await idOf("tea", {
    tags: ["drink"],
    metadata: { n: 1, deep: { b: [1, null], a: "x" } },
    source: { speaker: "Ann", ref: "1" },
    scope: { sessionId: "s" },
  });
  const coffee = await idOf("coffee");
  await updateMemory(owner, {
    id: tea,
    content: "green tea",
    kind: "preference",
    tags: ["hot"],
    metadata: { n: 2 },
    validAt: "2026-01-01",
    invalidAt: "2027-01-01",
    reason: "it is green",
  });
  const seen = [await observe(ordinary, tea, [600_000, 0]), await observe(low, tea, [0, 300_000])];
  await updateMemory(owner, { id: coffee, pinned: true, quarantined: true });
  await contest(owner, tea, coffee);
  await updateMemory(owner, { id: coffee, supersededBy: tea });
  await tuneParameter(owner, { name: "learning.prior.beta", value: 5 });
  const { items } = await createMemories(
    owner,
    ["one", "two", "three"].map((content) => ({ content, tags: ["n"] })),
  );
  const sources = items.map((item) => item.memory.id);
  const { result, changes } = await merge(owner, sources, "one, two, three");
  clock.advance(DAY);
  await observe(owner, result, [900_000, 0], {
    shares: Object.fromEntries(sources.map((id) => [id, [300_000, 0]])),
  });
  await revertAll(owner, ids(changes.slice(1, 2)));
  await link(workspace, tea, coffee);
  await names(workspace);
  const terms = seen.map((c) => ({ change: c.id, amount: 500_000 }));
  await archiveFor(owner, coffee, { terms, threshold: 1_000_000 });
  await revertAll(owner, ids(seen.slice(0, 1)));
  const taken = await createMemory(owner, { content: "never said" });
  await updateMemory(owner, { id: taken.memory.id, pinned: true });
  const reverts = await revertAll(owner, ids(taken.changes));
  clock.advance(DAY);
  await revertAll(owner, ids(await revertAll(owner, ids(reverts))));
  await updateMemory(owner, { id: coffee, lifecycle: "active" });
  return { ...workspace, memories: { tea, merged: result, apart: sources[0] ?? "", taken: taken.memory.id } };
}

/** Everything that can be said of names, and some of it taken back. */
async function names({ owner }: TestWorkspace): Promise<void> {
  const [ada, byron, ends] = ["ada", "ada byron", { from: "ada", to: "bo", relation: "knows" }] as const;
  const by = envelope(owner);
  const [head, id, edge] = [() => draftHead(by), entityIdOf(ada), edgeIdOf(ends)];
  const said = await appended(owner, async (_tx, at) => [
    draft.introduce(head(), id, { name: ada, called: "Ada", type: "person" }),
    draft.rename(head(), id, { name: ada, called: "Ada B." }),
    draft.retype(head(), id, { name: ada, type: "place" }),
    draft.alias(head(), id, { name: ada, into: entityIdOf(byron), intoName: byron }),
    draft.hideEntity(head(), id, { name: ada }),
    draft.relate(head(), edge, { ...ends, validAt: at, invalidAt: null }),
    draft.weigh(head(), edge, { ...ends, weight: [400_000, 0], source: owner.source, at }),
    draft.hideEdge(head(), edge, ends),
  ]);
  await revertAll(owner, ids([...said.slice(1, 2), ...said.slice(4, 5), ...said.slice(7)]));
}

async function link({ owner }: TestWorkspace, from: string, to: string): Promise<void> {
  const [linked] = await appended(owner, async (tx) => {
    const ends = {
      from: (await requireMemory(tx, memoryId(from))).view,
      to: (await requireMemory(tx, memoryId(to))).view,
    };
    return [draft.link(draftHead(envelope(owner)), RELATION, { ...ends, relation: "used together" })];
  });
  if (linked === undefined) throw new Error("nothing was linked");
  await appended(owner, async (_tx, at) => [
    draft.observeRelation(
      draftHead(envelope(owner)),
      { id: RELATION, linkedBy: linked.id },
      {
        weight: [100_000, 0],
        source: owner.source,
        at,
        signalId: null,
        retrievalId: null,
        rank: null,
        queryKey: null,
        shares: null,
      },
    ),
  ]);
}
