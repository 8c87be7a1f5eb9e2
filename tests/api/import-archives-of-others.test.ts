/** What programs without an export of everything leave behind: Letta's archive beside its agent file, and Graphiti's database as Neo4j exports it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";

import { only, tenant, type Tenant } from "../support/tenant";

const fixture = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "../fixtures/import", name), "utf8");

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const load = async (text: string) => (await t.owner.post("/import", text)).as("import.create");
const byText = async (start: string) => {
  const { items } = (await t.owner.get("/memories?lifecycle=all&limit=200")).as("memories.list");
  return only(items.filter(({ content }) => content.startsWith(start)));
};

describe("Letta's archive", () => {
  it("as its export script writes it: each passage a memory with its tags and time, without vectors or what was deleted", async () => {
    expect(await load(fixture("letta-passages.json"))).toMatchObject({
      format: "letta",
      created: 1,
      skipped: 1,
      unknownFields: [],
    });
    expect(await byText("Dana moved")).toMatchObject({
      tags: ["archival", "meetings"],
      metadata: { origin: "chat" },
      validAt: "2026-05-03T09:30:00.000Z",
      source: { ref: "passage-0a1b2c3d-0000-4000-8000-000000000001" },
    });
  });

  it("inside an agent file belongs to the agent, and is read once", async () => {
    for (const name of ["letta.af", "letta-first-version.af"]) {
      const file = { ...JSON.parse(fixture(name)), passages: JSON.parse(fixture("letta-passages.json")) };
      const { created } = await load(JSON.stringify(file));
      expect(created, name).toBe(3);
    }
    const { items } = (await t.owner.get("/memories?q=review&limit=200")).as("memories.list");
    expect(items.map(({ scope }) => scope.agentId)).toContain("helper");
  });
});

describe("Graphiti's database as Neo4j exports it", () => {
  it("keeps facts with their times and ends, summaries and episodes; ties alone are passed over", async () => {
    expect(await load(fixture("graphiti-neo4j.jsonl"))).toMatchObject({
      format: "graphiti",
      created: 3,
      unknownFields: [],
    });
    expect(await byText("Kim owns")).toMatchObject({
      scope: { userId: "kim" },
      metadata: { relation: "OWNS", from: "Kim", to: "Petrel", certainty: "high" },
      validAt: "2026-06-02T12:00:00.000Z",
      invalidAt: "2026-07-01T00:00:00.000Z",
    });
    expect(await byText("Kim: sails")).toMatchObject({
      tags: ["Person"],
      metadata: { entity: "Kim", age: 41 },
    });
    expect(await byText("Kim: the boat")).toMatchObject({ kind: "episode", metadata: { name: "chat 7" } });
  });
});
