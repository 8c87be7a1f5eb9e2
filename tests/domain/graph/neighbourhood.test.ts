import { describe, expect, it } from "vitest";
import { neighbourhoodOf, type Around } from "@/lib/domain/graph/neighbourhood";

/** Memories as lists of entities; a negative one is an alias. */
function around(memories: readonly (readonly number[])[], more: Partial<Around> = {}) {
  const edge = (to: number, isAlias: boolean) => ({ to, isAlias });
  const graph = {
    entitiesOf: (memory: number) => (memories[memory] ?? []).map((name) => edge(Math.abs(name), name < 0)),
    memoriesOf: (entity: number) =>
      memories.flatMap((names, memory) =>
        names.filter((name) => Math.abs(name) === entity).map((name) => edge(memory, name < 0)),
      ),
  };
  const { entities, edges } = neighbourhoodOf(graph, 1, { depth: 1, limit: 10, leastMemories: 1, ...more });
  return {
    entities: entities.map((e) => `${e.entity}@${e.depth}`),
    edges: edges.map((e) => `${e.from}-${e.to}:${e.memories}`),
  };
}

describe("the neighbourhood of an entity", () => {
  const memories = [
    [1, 2],
    [1, 2],
    [2, 3],
    [1, 4],
  ];

  it("is what memories mention with it, most often first, to a depth", () => {
    expect(around(memories)).toEqual({ entities: ["1@0", "2@1", "4@1"], edges: ["1-2:2", "1-4:1"] });
    expect(around(memories, { depth: 2 })).toEqual({
      entities: ["1@0", "2@1", "4@1", "3@2"],
      edges: ["1-2:2", "1-4:1", "2-3:1"],
    });
  });

  it("keeps the strongest when there are too many, and leaves weak edges out on request", () => {
    expect(around(memories, { limit: 2 }).entities).toEqual(["1@0", "2@1"]);
    expect(around(memories, { leastMemories: 2, depth: 3 }).entities).toEqual(["1@0", "2@1"]);
  });

  it("draws no alias beside the name it follows from", () => {
    expect(around([[1, 2, -3]]).entities).toEqual(["1@0", "2@1"]);
  });

  it("of something nobody mentions is itself alone", () => {
    expect(around([[2, 3]])).toEqual({ entities: ["1@0"], edges: [] });
  });
});
