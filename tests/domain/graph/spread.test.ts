import { describe, expect, it } from "vitest";
import { bondStrength, fanOf, seedOf, spread, type Edge, type Spread } from "@/lib/domain/graph/spread";
import { DEFAULTS } from "@/lib/domain/parameters";

/** Memories by number with the numbers of their names; a negative number is an alias. */
function activation(
  memories: Record<number, number[]>,
  given: Partial<Pick<Spread, "seeds" | "matches" | "named" | "documents">> & {
    bonds?: Record<number, [number, number]>;
    /** By entity: another one and how strongly people relate the two. */
    related?: Record<number, [number, number]>;
  },
) {
  const edges = Object.entries(memories).flatMap(([memory, names]) =>
    names.map((name) => ({ memory: Number(memory), name: Math.abs(name), isAlias: name < 0 })),
  );
  const entitiesOf = (memory: number): Edge[] =>
    edges.filter((e) => e.memory === memory).map(({ name, isAlias }) => ({ to: name, isAlias }));
  const memoriesOf = (name: number): Edge[] =>
    edges.filter((e) => e.name === name).map(({ memory, isAlias }) => ({ to: memory, isAlias }));
  const bondsOf = (memory: number) => {
    const bond = given.bonds?.[memory];
    return bond === undefined ? [] : [{ to: bond[0], strength: bond[1] }];
  };
  const relatedTo = (name: number) => {
    const other = given.related?.[name];
    return other === undefined ? [] : [{ to: other[0], strength: other[1] }];
  };
  const sizeOf = (name: number) => memoriesOf(name).length;
  const graph = { entitiesOf, memoriesOf, sizeOf, bondsOf, ...(given.related ? { relatedTo } : {}) };
  const found = spread({
    graph,
    seeds: new Map(),
    matches: new Map(),
    named: new Set(),
    documents: 1000,
    parameters: DEFAULTS,
    ...given,
  });
  return Object.fromEntries([...found].map(([memory, a]) => [memory, Number(a.toFixed(6))]));
}

describe("activation", () => {
  it("goes from a seed over a name that two memories hold, in full, and over one of three by halves", () => {
    expect(activation({ 1: [7], 2: [7] }, { seeds: new Map([[1, 1]]) })).toEqual({ 2: 1 });
    expect(activation({ 1: [7], 2: [7], 3: [7] }, { seeds: new Map([[1, 1]]) })).toEqual({ 2: 0.5, 3: 0.5 });
  });

  it("ends after two hops", () => {
    expect(activation({ 1: [7], 2: [7, 8], 3: [8] }, { seeds: new Map([[1, 1]]) })).toEqual({ 2: 1 });
  });

  it("is no gift to oneself", () => {
    expect(activation({ 1: [7, 8] }, { seeds: new Map([[1, 1]]) })).toEqual({});
    expect(
      activation(
        { 1: [7], 2: [7] },
        {
          seeds: new Map([
            [1, 1],
            [2, 0.25],
          ]),
        },
      ),
    ).toEqual({ 1: 0.25, 2: 1 });
  });

  it("helps least who matches by itself: several answers would only lend each other their names", () => {
    const [seeds, matches] = [new Map([[1, 1]]), new Map([[2, 0.25]])];
    expect(activation({ 1: [7], 2: [7] }, { seeds, matches })).toEqual({ 2: 0.5 });
    expect(activation({ 1: [7], 2: [7] }, { seeds, matches: new Map([[2, 1]]) })).toEqual({ 2: 0 });
  });

  it("is weaker over an alias", () => {
    expect(activation({ 1: [7], 2: [-7] }, { seeds: new Map([[1, 1]]) })).toEqual({
      2: DEFAULTS["recall.graph.alias"],
    });
  });

  it("goes from a name in the question to its memories, and not from them over the same name again", () => {
    const direct = DEFAULTS["recall.graph.direct"];
    expect(activation({ 1: [7], 2: [7] }, { seeds: new Map([[1, 1]]), named: new Set([7]) })).toEqual({
      1: direct,
      2: direct,
    });
  });

  it("does not go over names that are in too many memories of the epoch", () => {
    const memories = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i, [7]]));
    expect(activation(memories, { seeds: new Map([[1, 1]]), documents: 100 })).toEqual({});
    expect(Object.keys(activation(memories, { seeds: new Map([[1, 1]]), documents: 1000 }))).toHaveLength(11);
  });

  it("goes over what outcomes taught, in proportion, and never above 1", () => {
    expect(activation({ 1: [], 2: [] }, { seeds: new Map([[1, 0.5]]), bonds: { 1: [2, 0.4] } })).toEqual({
      2: 0.2,
    });
    const many = activation({ 1: [7, 8], 2: [7, 8] }, { seeds: new Map([[1, 1]]), bonds: { 1: [2, 0.4] } });
    expect(many).toEqual({ 2: 1 });
  });

  it("leaves memories alone that share no name with what changed", () => {
    const before = { 1: [7], 2: [7], 3: [8], 4: [8] };
    const seeds = new Map([
      [1, 1],
      [3, 1],
      [5, 1],
    ]);
    expect(activation({ ...before, 5: [7] }, { seeds })["4"]).toBe(activation(before, { seeds })["4"]);
  });
});

it("a seed is a memory's own match over the floor, squared", () => {
  const [floor, ceiling] = [DEFAULTS["recall.graph.floor"], DEFAULTS["recall.graph.ceiling"]];
  expect(
    [floor, (floor + ceiling) / 2, ceiling, 2].map((match) => Number(seedOf(match, DEFAULTS).toFixed(6))),
  ).toEqual([0, 0.25, 1, 1]);
});

it("a name of few memories connects them in a store of any size", () => {
  expect([
    fanOf(1, 0, DEFAULTS),
    fanOf(3, 0, DEFAULTS),
    fanOf(4, 0, DEFAULTS),
    fanOf(4, 80, DEFAULTS),
  ]).toEqual([1, 1 / 2, 0, 1 / 3]);
});

it("the bond of two memories follows the outcomes of using both", () => {
  expect(bondStrength(1, 0)).toBeCloseTo(Math.log(2) / 2, 12);
  expect([bondStrength(0, 0), bondStrength(0, 5), bondStrength(1000, 0)]).toEqual([0, 0, 1]);
});

describe("a relation that people made", () => {
  const memories = { 1: [7], 2: [8], 3: [9] };
  const related: Record<number, [number, number]> = { 7: [8, 0.5], 8: [7, 0.5] };

  it("carries what reached one name to the memories of the other, times its strength", () => {
    expect(activation(memories, { seeds: new Map([[1, 1]]), related })).toEqual({ 2: 0.5 });
    expect(activation(memories, { seeds: new Map([[1, 1]]) })).toEqual({});
  });

  it("starts from a name in the question, too", () => {
    const direct = DEFAULTS["recall.graph.direct"];
    const found = activation(memories, { named: new Set([7]), related });
    expect(found[2]).toBeCloseTo(0.5 * direct);
  });

  it("gives a memory that holds both names nothing of its own", () => {
    expect(activation({ 1: [7, 8], 2: [8] }, { seeds: new Map([[1, 1]]), related })).toEqual({ 2: 1 });
  });
});
