import { beforeEach, describe, expect, it } from "vitest";

import { EditedGraph } from "@/lib/search/edited-graph";
import { GraphEdits } from "@/lib/search/graph-edits";
import { GraphIndex } from "@/lib/search/graph-index";
import { millis } from "@/lib/domain/ids";
import type { EdgeEdit, EntityEdit } from "@/lib/domain/graph/edits";

const NOW = millis(Date.UTC(2026, 5, 1));
const said = (name: string, more: Partial<EntityEdit>): EntityEdit => ({
  name,
  isIntroduced: false,
  called: null,
  type: null,
  isHidden: false,
  means: null,
  ...more,
});
const related = (from: string, to: string, more: Partial<EdgeEdit> = {}): EdgeEdit => ({
  from,
  to,
  relation: "knows",
  isRelated: true,
  validAt: null,
  invalidAt: null,
  isHidden: false,
  evidence: {},
  ...more,
});

let texts: GraphIndex;
let edits: GraphEdits;
let graph: EditedGraph;
beforeEach(() => {
  texts = new GraphIndex();
  edits = new GraphEdits();
  graph = new EditedGraph(texts, edits);
  const held: Record<number, string[]> = { 1: ["ada", "rome"], 2: ["ada byron"], 3: ["rome"], 4: ["bo"] };
  for (const [key, names] of Object.entries(held)) {
    const entities = names.map((name) => ({ name, type: "person" as const, written: name, isAlias: false }));
    texts.set(Number(key), { entities, relations: [] }, { textHash: key, isOld: false });
  }
});

const holders = (name: string) => {
  const entity = graph.find(name);
  return entity === undefined
    ? null
    : graph
        .memoriesOf(entity)
        .map(({ to }) => to)
        .sort();
};

describe("names as people corrected them", () => {
  it("are those of the texts while nobody says anything, and nothing stands between", () => {
    expect(texts.edited).toBeNull();
    expect(holders("rome")).toEqual([1, 3]);
  });

  it("lead to the memories of every name of the same entity, from each of them", () => {
    edits.setEntity("e", said("ada", { means: "ada byron" }));
    expect([holders("ada"), holders("ada byron")]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(graph.find("ada")).toBe(graph.find("ada byron"));
    expect(graph.entitiesOf(1).map(({ to }) => graph.nameOf(to))).toEqual(["ada byron", "rome"]);
    edits.setEntity("e", null);
    expect([holders("ada"), holders("ada byron")]).toEqual([[1], [2]]);
  });

  it("lead nowhere once they are hidden", () => {
    edits.setEntity("e", said("rome", { isHidden: true }));
    expect(holders("rome")).toBeNull();
    expect(graph.entitiesOf(1).map(({ to }) => graph.nameOf(to))).toEqual(["ada"]);
  });

  it("are found under what people call them", () => {
    edits.setEntity("e", said("bo", { called: "Robert Smith" }));
    expect(holders("robert smith")).toEqual([4]);
    expect(holders("bo")).toEqual([4]);
  });

  it("stand for an entity that no text holds as well", () => {
    edits.setEntity("e", said("bo", { means: "nobody writes this" }));
    expect(holders("nobody writes this")).toEqual([4]);
    edits.setEntity("f", said("zoe", { isIntroduced: true }));
    expect(holders("zoe")).toEqual([]);
  });
});

describe("relations that people made", () => {
  const to = (name: string, at = NOW) =>
    graph.relatedTo(graph.find(name) ?? Number.NaN, at, () => 0.5).map((edge) => graph.nameOf(edge.to));

  it("join both ends, whatever their texts hold", () => {
    edits.setEdge("g", related("ada", "bo"));
    expect([to("ada"), to("bo"), to("rome")]).toEqual([["bo"], ["ada"], []]);
  });

  it("hold for every name of an entity, and not of an entity with itself", () => {
    edits.setEdge("g", related("ada", "bo"));
    edits.setEdge("h", related("ada", "ada byron"));
    edits.setEntity("e", said("ada", { means: "ada byron" }));
    expect(to("ada byron")).toEqual(["bo"]);
  });

  it("count only while they are in sight and in time", () => {
    edits.setEdge("g", related("ada", "bo", { validAt: millis(NOW + 1) }));
    expect([to("ada"), to("ada", millis(NOW + 1))]).toEqual([[], ["bo"]]);
    edits.setEdge("g", related("ada", "bo", { isHidden: true }));
    expect(to("ada")).toEqual([]);
  });
});
