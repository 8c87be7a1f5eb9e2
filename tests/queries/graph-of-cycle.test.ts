/** What a cycle added to the graph and what went with it, told from its changes that are in force. */
import { beforeEach, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";

import { appended, ids, revertAll } from "../support/acts";
import { brand, memoryId, type CycleId } from "@/lib/domain/ids";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, newMemoryId } from "@/lib/commands/context";
import { edgeIdOf, entityIdOf } from "@/lib/store/entity-id";
import { requireMemory } from "@/lib/queries/memory-rows";
import { tenant, type Tenant } from "../support/tenant";

const cycleId = brand<CycleId>(uuidv7());
let t: Tenant;
let princeton: string;
beforeEach(async () => {
  t = await tenant();
  princeton = (await t.remember("In June Alan Turing visited Princeton.")).id;
  await t.remember("In May Howard Aiken wrote to Alan Turing.");
});

const graph = async (query = "") =>
  (await t.owner.get(`/graph?cycleId=${cycleId}&limit=50${query}`)).as("graph.get");
const marks = async (query = "") =>
  Object.fromEntries((await graph(query)).nodes.map(({ name, mark }) => [name, mark]));

/** One cycle archives one memory, makes another one, and says something of names. */
const runCycle = () =>
  appended(t.workspace.owner, async (tx, at) => {
    const by = envelope(t.workspace.owner);
    const head = () => ({ ...draftHead(by), cycleId });
    const old = (await requireMemory(tx, memoryId(princeton))).view;
    const { kind, scope, source, trust } = old;
    const birth = { kind, scope, source, trust, tags: [], metadata: {}, validAt: at, invalidAt: null };
    const ends = { from: "alan turing", to: "howard aiken", relation: "knew" };
    return [
      draft.archive(head(), old),
      draft.create(head(), newMemoryId(), { ...birth, content: "Later Alan Turing moved to Manchester." }),
      draft.introduce(head(), entityIdOf("ada"), { name: "ada", called: "Ada", type: "person" }),
      draft.relate(head(), edgeIdOf(ends), { ...ends, validAt: null, invalidAt: null }),
    ];
  });

describe("what a cycle did to the graph", () => {
  it("is marked on what is there only since it, and on what nothing says any more", async () => {
    await runCycle();
    expect(await marks()).toEqual({
      Ada: "added",
      "Alan Turing": null,
      "Howard Aiken": null,
      Manchester: "added",
      Princeton: "removed",
    });
    const edges = (await graph()).edges.map(({ fromName, toName, mark }) => [fromName, toName, mark]);
    expect(edges).toContainEqual(["Alan Turing", "Manchester", "added"]);
    expect(edges).toContainEqual(["Alan Turing", "Princeton", "removed"]);
    expect(edges).toContainEqual(["Alan Turing", "Howard Aiken", null]);
  });

  it("does not call new what its merges only say in other words", async () => {
    const twice = (await t.remember("In June Alan Turing went to Princeton.")).id;
    await appended(t.workspace.owner, async (tx, at) => {
      const head = () => ({ ...draftHead(envelope(t.workspace.owner)), cycleId });
      const [first, second] = [
        (await requireMemory(tx, memoryId(princeton))).view,
        (await requireMemory(tx, memoryId(twice))).view,
      ];
      const { kind, scope, source, trust } = first;
      const birth = { kind, scope, source, trust, tags: [], metadata: {}, validAt: at, invalidAt: null };
      const merged = head();
      const result = newMemoryId();
      const text = { content: "In June Alan Turing saw Princeton.", madeFrom: [], similarity: 0.9 };
      return [
        draft.merge(merged, result, { ...birth, ...text, sources: [first, second] }),
        ...[first, second].map((one) => draft.member(head(), one, { id: result, createdBy: merged.id })),
      ];
    });
    expect(await marks()).toEqual({ "Alan Turing": null, Princeton: null });
    expect(new Set((await graph()).edges.map(({ mark }) => mark))).toEqual(new Set([null]));
  });

  it("is seen around one entity as well", async () => {
    await runCycle();
    expect(await marks("&entity=Alan%20Turing")).toMatchObject({ Manchester: "added", "Howard Aiken": null });
  });

  it("is nothing once it is taken back, and of a cycle that nobody knows", async () => {
    expect(await marks()).toEqual({});
    await revertAll(t.workspace.owner, ids(await runCycle()));
    expect(await marks()).toEqual({});
  });
});
