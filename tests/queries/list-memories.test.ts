/** The list of memories against a real database: what a search finds, in which order, page by page. */
import { beforeAll, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { updateMemory } from "@/lib/commands/update-memory";
import { listMemories } from "@/lib/queries/list-memories";
import { contest, merge, observe, revertAll, shown } from "../support/acts";
import { answered, refusal } from "../support/answers";
import { DAY, freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

type Name = "coffee" | "tea" | "train" | "percent" | "cellar" | "lost" | "twin" | "merged";
type Asked = Parameters<typeof listMemories>[1];

let workspace: TestWorkspace;
const names = new Map<string, Name>();
const idOf = (name: Name) => [...names].find(([, own]) => own === name)?.[0] ?? "";

async function found(asked: Asked): Promise<(Name | undefined)[]> {
  const list = answered("memories.list", await listMemories(workspace.owner, { sort: "oldest", ...asked }));
  expect(list.total).toBe(list.items.length);
  expect(list.nextCursor).toBeNull();
  return list.items.map((item) => names.get(item.id));
}
const filtered = (filter: unknown) => found({ filter: JSON.stringify(filter) });

beforeAll(async () => {
  workspace = await freshWorkspace();
  const { owner, clock } = workspace;
  const make = async (name: Name, input: Parameters<typeof createMemory>[1]) => {
    const { memory, changes } = await createMemory(owner, input);
    names.set(memory.id, name);
    clock.advance(HOUR);
    return changes.map((c) => c.id);
  };
  await make("coffee", {
    content: "Ann drinks Coffee black",
    kind: "preference",
    tags: ["home", "drink"],
    source: { speaker: "Ann", channel: "chat" },
    scope: { userId: "u1", sessionId: "s1" },
    metadata: { n: 1, topic: "drinks", list: ["a", "b"], deep: { er: true }, "dotted.key": 1 },
  });
  await make("tea", {
    content: "Bob drinks tea, never coffee",
    tags: ["drink"],
    source: { speaker: "Bob" },
    metadata: { n: 20, topic: "x" },
  });
  await make("train", {
    content: "The train leaves at 9\\10 sharp",
    kind: "procedure",
    metadata: { n: "20" },
  });
  await make("percent", { content: "100_percent is not 50% of it", invalidAt: "2027-01-01" });
  await make("cellar", { content: "An old coffee mill stands in the cellar" });
  const lost = await make("lost", { content: "A wrong note about coffee" });
  await make("twin", { content: "Cleo owns two cats" });
  const { result } = await merge(owner, [idOf("twin")], "Cleo owns two cats and a dog");
  names.set(result, "merged");
  await revertAll(owner, lost);
  await updateMemory(owner, { id: idOf("cellar"), lifecycle: "archived" });
  await updateMemory(owner, { id: idOf("train"), pinned: true });
  await updateMemory(owner, { id: idOf("percent"), quarantined: true });
  await contest(owner, idOf("tea"), idOf("train"));
  await updateMemory(owner, { id: idOf("coffee"), supersededBy: idOf("tea") });
  await observe(owner, idOf("tea"), [0, 2_000_000]);
  await observe(owner, idOf("train"), [2_000_000, 0]);
  await shown(owner, idOf("coffee"), 3, clock.now() - 40 * DAY);
  await shown(owner, idOf("tea"), 1, clock.now() - DAY);
});

describe("a list of memories", () => {
  it("hides what was taken back, archived or merged away", async () => {
    expect(await found({})).toEqual(["coffee", "tea", "train", "percent", "merged"]);
  });

  it("shows a lifecycle, or all of them, on request", async () => {
    expect(await found({ lifecycle: "archived" })).toEqual(["cellar"]);
    expect(await found({ lifecycle: "all" })).toEqual([
      "coffee",
      "tea",
      "train",
      "percent",
      "cellar",
      "merged",
    ]);
  });

  it("lets a search that names a lifecycle decide by itself", async () => {
    expect(await found({ q: "is:archived" })).toEqual(["cellar"]);
    expect(
      await filtered({ lifecycle: { in: ["archived", "active"] }, content: { contains: "coffee" } }),
    ).toEqual(["coffee", "tea", "cellar"]);
  });

  it("shows what was merged away when asked for exactly that", async () => {
    expect(await found({ q: "is:merged" })).toEqual(["twin"]);
  });

  it("is empty in another workspace", async () => {
    const other = await freshWorkspace();
    expect((await listMemories(other.owner, {})).items).toEqual([]);
  });

  it("shows both sides of a contest as contested with one another", async () => {
    const { items } = await listMemories(workspace.owner, { q: "is:contested", sort: "oldest" });
    expect(items.map((m) => [names.get(m.id), m.contestedWith.map((id) => names.get(id))])).toEqual([
      ["tea", ["train"]],
      ["train", ["tea"]],
    ]);
  });

  it("tells uses and the last use apart from never used", async () => {
    const { items } = await listMemories(workspace.owner, { sort: "used" });
    expect(items.slice(0, 3).map((m) => [names.get(m.id), m.uses, m.lastUsedAt !== null])).toEqual([
      ["tea", 1, true],
      ["coffee", 3, true],
      ["merged", 0, false],
    ]);
  });
});

describe("the search box", () => {
  it.each<[string, Name[]]>([
    ["drinks COFFEE", ["coffee", "tea"]],
    ['"drinks coffee"', ["coffee"]],
    ["coffee -never", ["coffee"]],
    ["50%", ["percent"]],
    ["100_", ["percent"]],
    ["10_p", []],
    ["9\\10", ["train"]],
    ["kind:preference", ["coffee"]],
    ["kind:preference,procedure", ["coffee", "train"]],
    ["tag:drink", ["coffee", "tea"]],
    ["-tag:drink", ["train", "percent", "merged"]],
    ["speaker:ann", ["coffee"]],
    ["-speaker:ann", ["tea", "train", "percent", "merged"]],
    ["user:u1 session:s1 channel:chat", ["coffee"]],
    ["conf<0.4", ["tea"]],
    ["conf>=0.6", ["train"]],
    ["used:>30d", ["coffee"]],
    ["used:<30d", ["tea"]],
    ["-used:<30d", ["coffee", "train", "percent", "merged"]],
    ["uses<3", ["tea", "train", "percent", "merged"]],
    ["uses:3", ["coffee"]],
    ["is:never-used", ["train", "percent", "merged"]],
    ["is:pinned", ["train"]],
    ["is:quarantined", ["percent"]],
    ["is:superseded", ["coffee"]],
    ["is:contested", ["tea", "train"]],
    ["created:<1d", ["coffee", "tea", "train", "percent", "merged"]],
    ["created:>1d", []],
    ["nothing-like-this", []],
  ])("%s finds %j", async (q, expected) => {
    expect(await found({ q })).toEqual(expected);
  });
});

describe("the filter", () => {
  it.each<[unknown, Name[]]>([
    [{}, ["coffee", "tea", "train", "percent", "merged"]],
    [{ kind: "preference" }, ["coffee"]],
    [{ kind: { ne: "fact" } }, ["coffee", "train"]],
    [{ OR: [{ kind: "preference" }, { pinned: true }] }, ["coffee", "train"]],
    [{ OR: [] }, []],
    [{ NOT: [{ kind: "preference" }, { pinned: true }] }, ["tea", "percent", "merged"]],
    [{ speaker: { eq: "Ann" } }, ["coffee"]],
    [{ speaker: { eq: "ann" } }, []],
    [{ speaker: { ne: "Ann" } }, ["tea", "train", "percent", "merged"]],
    [{ NOT: { speaker: "Ann" } }, ["tea", "train", "percent", "merged"]],
    [{ speaker: null }, ["train", "percent", "merged"]],
    [{ speaker: { in: ["Bob", null] } }, ["tea", "train", "percent", "merged"]],
    [{ NOT: { speaker: { in: ["Bob", null] } } }, ["coffee"]],
    [{ speaker: { contains: "nn" } }, ["coffee"]],
    [{ tags: "home" }, ["coffee"]],
    [{ tags: { eq: ["drink", "home"] } }, ["coffee"]],
    [{ tags: { eq: [] } }, ["train", "percent", "merged"]],
    [{ tags: { in: ["home", "drink"] } }, ["coffee", "tea"]],
    [{ tags: { contains: ["home", "drink"] } }, ["coffee"]],
    [{ tags: { ne: ["drink"] } }, ["coffee", "train", "percent", "merged"]],
    [{ confidence: { gte: 0.5, lt: 0.6 } }, ["coffee", "percent", "merged"]],
    [{ confidence: { in: [0.5] } }, ["coffee", "percent", "merged"]],
    [{ uses: { gt: 0 } }, ["coffee", "tea"]],
    [{ uses: 0 }, ["train", "percent", "merged"]],
    [{ lastUsedAt: null }, ["train", "percent", "merged"]],
    [{ lastUsedAt: { ne: null } }, ["coffee", "tea"]],
    [{ lastUsedAt: { lt: "2026-09-15" } }, ["coffee"]],
    [{ invalidAt: { eq: "2027-01-01T00:00:00Z" } }, ["percent"]],
    [{ invalidAt: { in: ["2027-01-01"] } }, ["percent"]],
    [{ createdAt: { gte: "2026-10-01T09:00:00Z", lt: "2026-10-01T11:00:00Z" } }, ["coffee", "tea"]],
    [{ quarantined: { ne: false } }, ["percent"]],
    [{ userId: { ne: null } }, ["coffee"]],
    [{ "metadata.n": 20 }, ["tea"]],
    [{ "metadata.n": { gt: 1 } }, ["tea"]],
    [{ "metadata.n": { lte: "3" } }, ["train"]],
    [{ "metadata.n": { in: [1, "20"] } }, ["coffee", "train"]],
    [{ "metadata.n": { ne: 20 } }, ["coffee", "train", "percent", "merged"]],
    [{ "metadata.n": null }, ["percent", "merged"]],
    [{ "metadata.n": { ne: null } }, ["coffee", "tea", "train"]],
    [{ "metadata.topic": { contains: "RINK" } }, ["coffee"]],
    [{ "metadata.list": { contains: "b" } }, ["coffee"]],
    [{ "metadata.list": ["a", "b"] }, ["coffee"]],
    [{ "metadata.deep.er": true }, ["coffee"]],
    [{ "metadata.dotted.key": 1 }, ["coffee"]],
    [{ content: { contains: "%" } }, ["percent"]],
    [{ content: { eq: "Cleo owns two cats and a dog" } }, ["merged"]],
  ])("%j finds %j", async (filter, expected) => {
    expect(await filtered(filter)).toEqual(expected);
  });

  it("takes hostile text as text", async () => {
    expect(await filtered({ content: `'; DROP TABLE "Memory"; --` })).toEqual([]);
    expect(await filtered({ [`metadata.x' OR '1'='1`]: 1 })).toEqual([]);
  });

  it("and the search box narrow one another", async () => {
    expect(await found({ q: "drinks", filter: '{"speaker":"Bob"}' })).toEqual(["tea"]);
  });
});

describe("the pages of a list", () => {
  const sorts = ["newest", "oldest", "confidence", "-confidence", "updated", "used"] as const;
  it.each(sorts)("in the order %s hold each memory once, ties included", async (sort) => {
    const whole = await listMemories(workspace.owner, { sort, lifecycle: "all" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listMemories(workspace.owner, {
        sort,
        lifecycle: "all",
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(page.total).toBe(whole.total);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(whole.items.map((item) => item.id));
    expect(new Set(seen).size).toBe(6);
  });

  it("are ordered by what they say", async () => {
    const values = async (sort: (typeof sorts)[number], key: "createdAt" | "confidence" | "seq") =>
      (await listMemories(workspace.owner, { sort })).items.map((item) => item[key]);
    const sorted = (list: (string | number)[]) => [...list].sort((a, b) => (a < b ? -1 : 1));
    expect(await values("oldest", "createdAt")).toEqual(sorted(await values("newest", "createdAt")));
    expect(await values("confidence", "confidence")).toEqual(
      sorted(await values("-confidence", "confidence")),
    );
    expect(await values("updated", "seq")).toEqual(sorted(await values("updated", "seq")).reverse());
  });

  it.each(["rubbish", "", "W10", Buffer.from('["newest","x","y"]').toString("base64url")])(
    "refuse the cursor %j, which is none of theirs",
    async (cursor) => {
      const { code, fields } = await refusal(listMemories(workspace.owner, { cursor }));
      expect(code).toBe("invalid_input");
      expect(fields).toMatchObject([{ path: "cursor" }]);
    },
  );

  it("refuse a cursor of another order", async () => {
    const { nextCursor } = await listMemories(workspace.owner, { sort: "newest", limit: 1 });
    const asked = { sort: "oldest" as const, cursor: nextCursor ?? "" };
    expect((await refusal(listMemories(workspace.owner, asked))).fields).toMatchObject([{ path: "cursor" }]);
  });
});

describe("facets", () => {
  const facetsOf = async (asked: Asked) =>
    (await listMemories(workspace.owner, { ...asked, facets: true })).facets;
  const counts = (list: { value: string; count: number }[] | undefined) =>
    Object.fromEntries((list ?? []).map(({ value, count }) => [value, count]));

  it("count what the list holds, by kind, tag, speaker and state", async () => {
    const facets = await facetsOf({});
    expect(counts(facets?.kind)).toEqual({ fact: 3, preference: 1, procedure: 1 });
    expect(counts(facets?.tag)).toEqual({ drink: 2, home: 1 });
    expect(counts(facets?.speaker)).toMatchObject({ Ann: 1, Bob: 1 });
    expect(counts(facets?.state)).toEqual({
      pinned: 1,
      quarantined: 1,
      contested: 2,
      superseded: 1,
      "never-used": 3,
    });
  });

  it("count the other lifecycles too, so that one can switch over", async () => {
    expect(counts((await facetsOf({ q: "coffee" }))?.lifecycle)).toEqual({ active: 2, archived: 1 });
  });

  it("begin with the most frequent value", async () => {
    expect((await facetsOf({}))?.tag?.[0]).toEqual({ value: "drink", count: 2 });
  });
});
