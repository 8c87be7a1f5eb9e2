/** The graph of names over REST: what the texts say, what people say of it, and that each edit can be taken back. */
import { beforeEach, describe, expect, it } from "vitest";

import { laidOut } from "@/lib/search/graph-layout";
import { liveIndex } from "@/lib/search/live-index";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
  for (const text of [
    "In 1944 Grace Hopper met Howard Aiken at Harvard University.",
    "Grace Hopper worked with Howard Aiken on a computer.",
    "The navy sent a ship to Philadelphia.",
    "Alan Turing visited Princeton.",
    "Bletchley Park remembers Alan Turing.",
  ])
    await t.remember(text);
});

const graph = async (query: string) => (await t.owner.get(`/graph?${query}`)).as("graph.get");
const entities = async (query = "") => (await t.owner.get(`/entities?${query}`)).as("entities.list");
const entityOf = async (name: string) =>
  only((await entities(`q=${encodeURIComponent(name)}&limit=1`)).items);
const namesIn = (answer: Awaited<ReturnType<typeof graph>>) => answer.nodes.map((node) => node.name);
const patch = async (name: string, body: object) =>
  (await t.owner.patch(`/entities/${(await entityOf(name)).id}`, body)).as("entities.update");
const undo = (groupId: string | null) => t.owner.post("/reverts", { groupId });

describe("the graph", () => {
  it("shows around an entity what memories mention together with it, strongest first, with what says so", async () => {
    const around = await graph("entity=Grace%20Hopper");
    expect(namesIn(around)).toEqual(["Grace Hopper", "Howard Aiken", "Harvard University"]);
    const tie = around.edges.find((edge) => edge.toName === "Howard Aiken" && edge.type === "mentioned with");
    expect(tie).toMatchObject({ memoryCount: 2, made: false });
    expect(tie?.memories.map((m) => m.label)).toContain(
      "In 1944 Grace Hopper met Howard Aiken at Harvard University.",
    );
    expect(around.nodes[0]).toMatchObject({ type: "person", depth: 0, memories: 2 });
  });

  it("finds an entity by its id as by its name, and says 404 of one that nothing names", async () => {
    const { id } = await entityOf("turing");
    await laidOut((await liveIndex(t.workspace.workspaceId)).index);
    expect(await graph(`entity=${id}`)).toEqual(await graph("entity=alan%20turing"));
    (await t.owner.get("/graph?entity=Nobody")).problem("not_found");
  });

  it("shows the way between two, and none where there is none", async () => {
    const way = await graph("entity=Howard%20Aiken&to=Harvard%20University");
    expect(way.path).toHaveLength(2);
    expect((await graph("entity=Grace%20Hopper&to=Princeton")).path).toBeNull();
  });

  it("is what the memories say now: a name goes with the last text that holds it and comes back with it", async () => {
    const memories = (await t.owner.get("/memories")).as("memories.list").items;
    const about = memories.find((memory) => memory.content.includes("Princeton"))?.id ?? "";
    const { groupId } = (await t.owner.delete(`/memories/${about}`)).as("memories.delete");
    expect(await graph("entity=Alan%20Turing").then(namesIn)).not.toContain("Princeton");
    (await t.owner.get("/graph?entity=Princeton")).problem("not_found");
    await undo(groupId ?? null);
    expect(await graph("entity=Alan%20Turing").then(namesIn)).toContain("Princeton");
  });

  it("keeps every entity in its place once it is laid out", async () => {
    const places = async () => (await graph("")).nodes.map(({ id, x, y }) => ({ id, x, y }));
    await places();
    const { index } = await liveIndex(t.workspace.workspaceId);
    await laidOut(index);
    const first = await places();
    expect(new Set(first.map(({ x, y }) => `${x},${y}`)).size).toBe(first.length);
    await t.remember("Alan Turing lived in Manchester.");
    const then = await places();
    expect(then.filter(({ id }) => first.some((place) => place.id === id))).toEqual(
      expect.arrayContaining(first),
    );
  });

  it("leaves out what was not so at a time", async () => {
    await t.remember("Grace Hopper moved to Washington.", { validAt: "2030-01-01" });
    expect(await graph("entity=Grace%20Hopper&asOf=2026-12-01").then(namesIn)).not.toContain("Washington");
    expect(await graph("entity=Grace%20Hopper&asOf=2031-01-01").then(namesIn)).toContain("Washington");
  });
});

describe("entities", () => {
  it("are listed by how many memories name them, and found by part of a name", async () => {
    const { items, total } = await entities();
    expect(items.slice(0, 2).map((e) => e.memories)).toEqual([2, 2]);
    expect(total).toBe(items.length);
    expect((await entities("q=aiken")).items.map((e) => e.name)).toEqual(["Howard Aiken"]);
    const page = await entities("limit=2");
    const rest = await entities(`limit=200&cursor=${page.nextCursor ?? ""}`);
    expect([...page.items, ...rest.items]).toEqual(items);
  });

  it("are renamed, retyped and hidden by one change each, shown on the timeline, and taken back by one revert", async () => {
    const before = await entityOf("Princeton");
    const renamed = await patch("Princeton", { name: "Princeton, New Jersey" });
    expect(renamed.entity?.name).toBe("Princeton, New Jersey");
    expect(only(renamed.changes)).toMatchObject({
      op: "rename",
      targetType: "entity",
      targetId: before.id,
      summary: "Renamed the entity “Princeton” to “Princeton, New Jersey”",
    });
    expect((await patch("Princeton", { type: "work" })).entity?.type).toBe("work");
    const hidden = await patch("Princeton", { hidden: true });
    expect(await graph("entity=Alan%20Turing").then(namesIn)).not.toContain("Princeton, New Jersey");
    expect((await entities("hidden=true")).items.map((e) => e.id)).toEqual([before.id]);
    const history = (await t.owner.get(`/changes?target=${before.id}`)).as("changes.list");
    expect(history.items.map((c) => c.op)).toEqual(["hide", "retype", "rename"]);
    await undo(hidden.groupId);
    await undo(renamed.groupId);
    expect(await entityOf("Princeton")).toMatchObject({ name: "Princeton", type: "work" });
    expect((await t.owner.get("/verify")).as("verify").ok).toBe(true);
  });

  it("that are one are one in the graph, and apart again after a split", async () => {
    await t.remember("Amazing Grace retired in Arlington.");
    const [full, short] = [await entityOf("Grace Hopper"), await entityOf("Amazing Grace")];
    const merge = { sources: [short.id], into: full.id };
    const preview = (await t.owner.post("/entities/merge", { ...merge, dryRun: true })).as("entities.merge");
    expect(preview.effects).toMatchObject([{ register: "sameAs", before: null, after: "grace hopper" }]);
    expect((await entityOf("Grace Hopper")).aliases).toEqual([]);
    const done = (await t.owner.post("/entities/merge", merge)).as("entities.merge");
    expect(done.changes).toMatchObject([{ op: "alias" }]);
    expect(done.entity).toMatchObject({ name: "Grace Hopper", memories: full.memories + short.memories });
    expect(await graph("entity=Grace%20Hopper").then(namesIn)).toContain("Arlington");
    const split = (await t.owner.patch(`/entities/${short.id}`, { mergedInto: null })).as("entities.update");
    expect(split.changes).toMatchObject([{ op: "revert" }]);
    expect(await graph("entity=Grace%20Hopper").then(namesIn)).not.toContain("Arlington");
    (await t.owner.post("/entities/merge", { sources: [full.id], into: full.id })).problem("invalid_input");
  });

  it("can be added before any text names them, and only once", async () => {
    const added = (await t.owner.post("/entities", { name: "Ada Lovelace", type: "person" })).as(
      "entities.create",
    );
    expect(added.entity).toMatchObject({ name: "Ada Lovelace", introduced: true, memories: 0 });
    (await t.owner.post("/entities", { name: "ada lovelace" })).problem("conflict");
    await undo(added.groupId);
    expect((await entities("q=lovelace")).items).toEqual([]);
  });
});

describe("relations", () => {
  const between = async (from: string, to: string) =>
    (await graph(`entity=${encodeURIComponent(from)}`)).edges.filter((edge) =>
      [edge.fromName, edge.toName].includes(to),
    );

  it("can be made, strengthened, dated and hidden, each by one change that can be taken back", async () => {
    const ends = { from: "Grace Hopper", to: "Alan Turing", type: "read" };
    const made = (await t.owner.post("/relations", ends)).as("relations.create");
    expect(made.relation).toMatchObject({ type: "read", made: true, memoryCount: 0, validAt: null });
    expect(only(made.changes).summary).toBe("Related “Grace Hopper” and “Alan Turing” (read)");
    (await t.owner.post("/relations", ends)).problem("conflict");
    const path = `/relations/${encodeURIComponent(made.relation?.id ?? "")}`;
    const stronger = (await t.owner.patch(path, { verdict: "right" })).as("relations.update");
    expect(stronger.relation?.strength).toBeGreaterThan(made.relation?.strength ?? 1);
    const dated = (await t.owner.patch(path, { validAt: "1950-01-01" })).as("relations.update");
    expect(dated.relation?.validAt).toBe("1950-01-01T00:00:00.000Z");
    (await t.owner.patch(path, { invalidAt: "1940-01-01" })).problem("invalid_input");
    const gone = (await t.owner.delete(path)).as("relations.delete");
    expect([gone.relation, await between("Grace Hopper", "Alan Turing")]).toEqual([null, []]);
    await undo(gone.groupId);
    await undo(stronger.groupId);
    expect(only(await between("Grace Hopper", "Alan Turing")).strength).toBeCloseTo(
      made.relation?.strength ?? 0,
    );
  });

  it("that texts say can be weakened and hidden like made ones", async () => {
    const [edge] = await between("Grace Hopper", "Howard Aiken");
    const path = `/relations/${encodeURIComponent(edge?.id ?? "")}`;
    const weaker = (await t.owner.patch(path, { verdict: "wrong" })).as("relations.update");
    expect(weaker.relation?.strength).toBeLessThan(edge?.strength ?? 0);
    await t.owner.delete(path);
    expect((await between("Grace Hopper", "Howard Aiken")).map((e) => e.id)).not.toContain(edge?.id);
    (await t.owner.patch("/relations/nothing", { verdict: "right" })).problem("not_found");
  });

  it("follow the outcomes of the memories that say so", async () => {
    const [before] = await between("Alan Turing", "Princeton");
    await t.owner.post("/signals", { memories: [{ memoryId: before?.memories[0]?.id, verdict: "helpful" }] });
    const [after] = await between("Alan Turing", "Princeton");
    expect(after?.strength).toBeGreaterThan(before?.strength ?? 1);
  });
});

describe("a recall", () => {
  it("finds over a relation that a person made what no text connects, until it is taken back", async () => {
    const partOf = async () => {
      const { results } = (
        await t.owner.post("/recall", { query: "Whom did Howard Aiken meet?", deterministic: true })
      ).as("recall");
      return results.find((r) => r.memory.content.includes("Bletchley"))?.parts.graph ?? 0;
    };
    expect(await partOf()).toBe(0);
    const ends = { from: "Howard Aiken", to: "Bletchley Park", type: "knew of" };
    const made = (await t.owner.post("/relations", ends)).as("relations.create");
    expect(await partOf()).toBeGreaterThan(0);
    await undo(made.groupId);
    expect(await partOf()).toBe(0);
  });

  it("is foretold: the preview of a join names the logged recalls that would show another list", async () => {
    (await t.owner.post("/recall", { query: "Who was in Princeton?", limit: 3 })).as("recall");
    const [into, source] = [await entityOf("Princeton"), await entityOf("Howard Aiken")];
    const preview = (
      await t.owner.post("/entities/merge", { sources: [source.id], into: into.id, dryRun: true })
    ).as("entities.merge");
    expect(preview.blastRadius).toMatchObject({ retrievals: 1, affected: 1 });
    expect(preview.blastRadius.moves[0]?.after.map((m) => m.label)).toContain(
      "In 1944 Grace Hopper met Howard Aiken at Harvard University.",
    );
  });
});
