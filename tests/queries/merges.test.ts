/** The list of merges against a real database: what has become of each, and which sources are still in it. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { listMerges } from "@/lib/queries/merges";
import { ids, merge, purge, revertAll } from "../support/acts";
import { answered, refusal } from "../support/answers";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
let creations: string[];
let sources: string[];

beforeEach(async () => {
  workspace = await freshWorkspace();
  const made = [];
  for (const content of ["red", "green", "blue"]) made.push(await createMemory(workspace.owner, { content }));
  sources = made.map((m) => m.memory.id);
  creations = made.flatMap((m) => m.changes.map((c) => c.id));
});

const list = async (asked: Parameters<typeof listMerges>[1] = {}) =>
  answered("merges.list", await listMerges(workspace.owner, asked));
const only = async () => {
  const { items } = await list();
  expect(items).toHaveLength(1);
  return items[0];
};

describe("a merge", () => {
  it("in force names its sources in the order they were given, each with its membership", async () => {
    const { result, changes } = await merge(workspace.owner, sources, "colours");
    expect(await only()).toEqual({
      id: changes[0]?.id,
      resultId: result,
      sources,
      status: "inForce",
      groupId: changes[0]?.groupId,
      at: new Date(workspace.clock.now()).toISOString(),
      similarity: 0.9,
      proposal: null,
      content: "colours",
      mergedText: "colours",
      parts: sources.map((memoryId, i) => ({
        memoryId,
        content: ["red", "green", "blue"][i],
        member: true,
        membershipId: changes[i + 1]?.id,
      })),
    });
  });

  it("that was taken back keeps its text and has no member", async () => {
    const { changes } = await merge(workspace.owner, sources, "colours");
    await revertAll(workspace.owner, ids(changes.slice(0, 1)));
    expect(await only()).toMatchObject({ status: "reverted", content: "colours" });
    expect((await only())?.parts.map((p) => p.member)).toEqual([false, false, false]);
  });

  it("stays in force without one of its sources, and is reverted without all of them", async () => {
    const { changes } = await merge(workspace.owner, sources, "colours");
    await revertAll(workspace.owner, ids(changes.slice(1, 2)));
    expect((await only())?.status).toBe("inForce");
    expect((await only())?.parts.map((p) => p.member)).toEqual([false, true, true]);
    await revertAll(workspace.owner, ids(changes.slice(2)));
    expect((await only())?.status).toBe("reverted");
  });

  it("waits while the creation of its sources is taken back, and is in force again after the redo", async () => {
    await merge(workspace.owner, sources, "colours");
    const reverts = await revertAll(workspace.owner, creations);
    expect((await only())?.status).toBe("suspended");
    await revertAll(workspace.owner, ids(reverts));
    expect((await only())?.status).toBe("inForce");
  });

  it("of an erased result is no longer in force", async () => {
    const { result } = await merge(workspace.owner, sources, "colours");
    await purge(workspace.owner, result);
    expect((await only())?.status).toBe("reverted");
  });
});

describe("the list of merges", () => {
  it("is newest first, paged by cursor, with the number of all that match", async () => {
    const first = await merge(workspace.owner, sources.slice(0, 1), "one");
    const second = await merge(workspace.owner, sources.slice(1, 2), "two");
    const third = await merge(workspace.owner, sources.slice(2), "three");
    await revertAll(workspace.owner, ids(second.changes.slice(0, 1)));
    const page = await list({ limit: 2 });
    expect(page).toMatchObject({
      total: 3,
      items: [{ resultId: third.result }, { resultId: second.result }],
    });
    const rest = await list({ limit: 2, cursor: page.nextCursor ?? "" });
    expect(rest).toMatchObject({ total: 3, nextCursor: null, items: [{ resultId: first.result }] });
    expect(await list({ status: "reverted" })).toMatchObject({
      total: 1,
      items: [{ resultId: second.result }],
    });
    expect(await list({ status: "candidate" })).toMatchObject({ total: 0, items: [] });
  });

  it("refuses a cursor of another list", async () => {
    const cursor = Buffer.from('["newest","x"]').toString("base64url");
    expect((await refusal(listMerges(workspace.owner, { cursor }))).fields).toMatchObject([
      { path: "cursor" },
    ]);
  });
});
