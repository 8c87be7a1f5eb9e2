import { describe, expect, it } from "vitest";
import {
  hiddenNeighbours,
  isSoAt,
  joinAnswers,
  seenFrom,
  summaryOf,
  type GraphEdge,
  type GraphNode,
} from "@/components/graph/drawn-graph";
import { sceneOf, type Look, type Palette } from "@/components/graph/scene";

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  name: id.toUpperCase(),
  type: "person",
  aliases: [],
  memories: 1,
  introduced: false,
  hidden: false,
  depth: null,
  neighbours: 0,
  x: 0,
  y: 0,
  community: null,
  validAt: null,
  invalidAt: null,
  mark: null,
  ...more,
});
const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${from}~${to}~knows`,
  from,
  to,
  fromName: from.toUpperCase(),
  toName: to.toUpperCase(),
  type: "knows",
  strength: 0.5,
  memories: [],
  memoryCount: 1,
  validAt: null,
  invalidAt: null,
  made: false,
  mark: null,
  ...more,
});

const types = {
  person: "person",
  place: "place",
  organization: "",
  product: "",
  work: "",
  other: "",
} as const;
const palette: Palette = {
  types,
  edge: "edge",
  made: "made",
  faded: "faded",
  added: "added",
  removed: "removed",
  path: "path",
  ground: "ground",
};
const look = (more: Partial<Look> = {}): Look => ({
  palette,
  atMs: null,
  middleId: null,
  selected: new Set(),
  path: [],
  ...more,
});

describe("what is drawn", () => {
  it("holds each entity and relation of several answers once, and only the first answer has a middle", () => {
    const joined = joinAnswers([
      { nodes: [node("a", { depth: 0 }), node("b", { depth: 1 })], edges: [edge("a", "b")] },
      { nodes: [node("b", { depth: 0 }), node("c", { depth: 1 })], edges: [edge("a", "b"), edge("b", "c")] },
    ]);
    expect(joined.nodes.map(({ id, depth }) => [id, depth])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", null],
    ]);
    expect(joined.edges.map(({ id }) => id)).toEqual(["a~b~knows", "b~c~knows"]);
  });

  it("counts the neighbours that are not there", () => {
    const drawn = {
      nodes: [node("a", { neighbours: 5 })],
      edges: [edge("a", "b"), edge("a", "b", { id: "x" })],
    };
    expect(hiddenNeighbours(drawn, node("a", { neighbours: 5 }))).toBe(4);
  });

  it("is told in one sentence", () => {
    const drawn = { nodes: [node("a"), node("b")], edges: [edge("a", "b")] };
    expect(summaryOf(drawn, node("a"))).toBe(
      "A graph of 2 entities and 1 relation around A. The strongest is A knows B. The table holds the same.",
    );
  });
});

describe("time", () => {
  it("is from the beginning up to the end, which is not in it", () => {
    const span = { validAt: "2020-01-01", invalidAt: "2021-01-01" };
    const at = (day: string) => isSoAt(span, Date.parse(day));
    expect([at("2019-12-31"), at("2020-01-01"), at("2020-12-31"), at("2021-01-01")]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([isSoAt(span, null), isSoAt({ validAt: null, invalidAt: null }, 0)]).toEqual([true, true]);
  });

  it("fades what is not so then", () => {
    const drawn = {
      nodes: [node("a", { validAt: "2020-01-01" }), node("b")],
      edges: [edge("a", "b", { validAt: "2020-01-01" })],
    };
    const { nodes, edges } = sceneOf(drawn, look({ atMs: Date.parse("2019-01-01") }));
    expect([...nodes.map((n) => n.color), ...edges.map((e) => e.color)]).toEqual([
      "faded",
      "person",
      "faded",
    ]);
  });
});

describe("the picture", () => {
  it("says by signs what a cycle did and how many neighbours are missing", () => {
    const drawn = {
      nodes: [node("a", { mark: "added", neighbours: 2 }), node("b", { mark: "removed" })],
      edges: [],
    };
    expect(sceneOf(drawn, look()).nodes.map((n) => [n.label, n.color])).toEqual([
      ["+ A  +2", "added"],
      ["− B", "removed"],
    ]);
  });

  it("joins two entities by one line: what a cycle did before the strongest", () => {
    const two = [
      edge("a", "b", { strength: 0.9 }),
      edge("b", "a", { id: "new", strength: 0.1, mark: "added" }),
    ];
    const { edges } = sceneOf({ nodes: [node("a"), node("b")], edges: two }, look());
    expect(edges.map(({ key, color }) => [key, color])).toEqual([["new", "added"]]);
  });

  it("draws the steps of a way, and no line to what is not drawn", () => {
    const drawn = {
      nodes: [node("a"), node("b"), node("c")],
      edges: [edge("a", "b"), edge("b", "c"), edge("a", "c"), edge("c", "gone")],
    };
    const { edges } = sceneOf(drawn, look({ path: ["a", "b", "c"] }));
    expect(edges.map((e) => e.color)).toEqual(["path", "path", "edge"]);
  });
});

it("a relation reads from both of its ends; one without direction reads the same from either", () => {
  expect(seenFrom(edge("a", "b"), "a")).toMatchObject({ before: "knows", other: { name: "B" }, after: "" });
  expect(seenFrom(edge("a", "b"), "b")).toMatchObject({ before: "", other: { name: "A" }, after: "knows" });
  expect(seenFrom(edge("a", "b", { type: "mentioned with" }), "b")).toMatchObject({
    before: "mentioned with",
    after: "",
  });
});
