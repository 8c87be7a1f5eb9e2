/** The log of recalls against a real database. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { getRetrieval, listRetrievals } from "@/lib/queries/retrievals";
import { observe, retrieval, signal } from "../support/acts";
import { answered, refusal } from "../support/answers";
import { freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
let tea: string;
let coffee: string;

beforeEach(async () => {
  workspace = await freshWorkspace();
  tea = (await createMemory(workspace.owner, { content: "green tea" })).memory.id;
  coffee = (await createMemory(workspace.owner, { content: "black coffee" })).memory.id;
});

const list = async (asked: Parameters<typeof listRetrievals>[1] = {}) =>
  answered("retrievals.list", await listRetrievals(workspace.owner, asked));
const queries = async (asked: Parameters<typeof listRetrievals>[1]) => {
  const { items, total } = await list(asked);
  expect(total).toBe(items.length);
  return items.map((r) => r.query);
};
const CANDIDATES = (ids: string[]) =>
  ids.map((m, i) => ({ m, s: 1 - i / 4, p: [0.5, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05 - i / 4] }));

describe("the log of recalls", () => {
  it("is newest first, paged, and tells what was shown in which rank", async () => {
    const { owner, clock } = workspace;
    for (const query of ["one", "two", "three"]) {
      await retrieval(owner, { query, shown: [tea, coffee], candidates: CANDIDATES([tea, coffee]) });
      if (query === "one") clock.advance(HOUR);
    }
    const pages = [await list({ limit: 1 })];
    for (let next = pages[0]?.nextCursor; next; next = pages.at(-1)?.nextCursor)
      pages.push(await list({ limit: 1, cursor: next }));
    expect(pages.map((p) => p.total)).toEqual([3, 3, 3]);
    const seen = pages.flatMap((p) => p.items.map((r) => r.query));
    expect([...seen].sort()).toEqual(["one", "three", "two"]);
    expect(seen[2]).toBe("one");
    expect(pages[0]?.items[0]?.shown).toEqual([
      { rank: 1, memoryId: tea, label: "green tea", score: 1 },
      { rank: 2, memoryId: coffee, label: "black coffee", score: 0.75 },
    ]);
  });

  it("narrows by memory, asker, words and time", async () => {
    const { owner, clock } = workspace;
    await retrieval(owner, { query: "What is GREEN?", shown: [tea] });
    clock.advance(HOUR);
    const now = new Date(clock.now()).toISOString();
    await retrieval(owner, { query: "what is 100%", shown: [coffee] });
    expect(await queries({ memory: tea })).toEqual(["What is GREEN?"]);
    expect(await queries({ memory: "x" })).toEqual([]);
    await retrieval({ ...owner, actor: "key:one" }, { query: "asked by a key", shown: [] });
    expect(await queries({ actor: "key:one" })).toEqual(["asked by a key"]);
    expect(await queries({ actor: "key:%" })).toEqual([]);
    expect(await queries({ q: "green what" })).toEqual(["What is GREEN?"]);
    expect(await queries({ q: "1%0" })).toEqual([]);
    expect(await queries({ from: now, q: "what" })).toEqual(["what is 100%"]);
    expect(await queries({ to: new Date(clock.now() - 1).toISOString() })).toEqual(["What is GREEN?"]);
  });

  it("refuses a broken cursor by its path", async () => {
    expect((await refusal(list({ cursor: "eA" }))).fields).toMatchObject([{ path: "cursor" }]);
  });

  it("keeps to its workspace", async () => {
    const id = await retrieval(workspace.owner, { query: "mine", shown: [] });
    const other = await freshWorkspace();
    expect((await listRetrievals(other.owner, {})).total).toBe(0);
    expect((await refusal(getRetrieval(other.owner, { id }))).code).toBe("not_found");
  });
});

describe("one recall", () => {
  const get = async (id: string) => answered("retrievals.get", await getRetrieval(workspace.owner, { id }));

  it("names the parts of each candidate's score, shown or not", async () => {
    const id = await retrieval(workspace.owner, {
      query: "q",
      shown: [tea],
      candidates: CANDIDATES([tea, coffee]),
    });
    const { candidates, signals, changes } = await get(id);
    expect(candidates).toMatchObject([
      { memoryId: tea, rank: 1, shown: true, label: "green tea" },
      { memoryId: coffee, rank: 2, shown: false, score: 0.75 },
    ]);
    for (const { parts, score } of candidates)
      expect(Object.values(parts).reduce((a, b) => a + b)).toBeCloseTo(score);
    expect(candidates[0]?.parts).toMatchObject({ similarity: 0.5, context: 0.05 });
    expect([signals, changes]).toEqual([[], []]);
  });

  it("comes with the signals it received and the changes they made", async () => {
    const { owner } = workspace;
    const id = await retrieval(owner, { query: "q", shown: [tea] });
    const change = await observe(owner, tea, [500_000, 0]);
    await signal(owner, {
      retrievalId: id,
      outcome: 1,
      raw: { outcome: "POSITIVE" },
      groupId: change.groupId,
    });
    await signal(owner, { retrievalId: id, outcome: null });
    const got = await get(id);
    expect(got.retrieval.signals).toBe(2);
    expect(got.signals.map((s) => [s.outcome, s.raw])).toEqual([
      [1, { outcome: "POSITIVE" }],
      [null, {}],
    ]);
    expect(got.changes.map((c) => c.id)).toEqual([change.id]);
  });

  it("that is unknown is not found", async () => {
    expect((await refusal(get("x"))).code).toBe("not_found");
    expect((await refusal(get(tea))).code).toBe("not_found");
  });
});
