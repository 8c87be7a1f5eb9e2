import { describe, expect, it } from "vitest";

import { communitiesOf, laidOutStep, type LayoutGraph } from "@/lib/search/force-layout";

/** Two triangles and one tie between them. */
const graph = (): LayoutGraph => ({
  nodes: ["a", "b", "c", "x", "y", "z"].map((key, i) => ({
    key,
    x: Math.cos(i) * 50,
    y: Math.sin(i * 2) * 50,
  })),
  edges: ["ab", "bc", "ca", "xy", "yz", "zx", "ax"].map((pair) => ({
    from: pair[0] ?? "",
    to: pair[1] ?? "",
    strength: pair === "ax" ? 0.05 : 1,
  })),
});

const laidOut = () => {
  const step = laidOutStep(graph());
  for (let round = 0; round < 200; round += 1) step.run();
  return new Map(step.places().map(({ key, x, y }) => [key, { x, y }]));
};

describe("a layout", () => {
  it("puts equal graphs in equal places, to the last digit", () => {
    expect([...laidOut()]).toEqual([...laidOut()]);
  });

  it("puts those that are tied nearer to each other than those that are not", () => {
    const places = laidOut();
    const apart = (a: string, b: string) =>
      Math.hypot(
        (places.get(a)?.x ?? 0) - (places.get(b)?.x ?? 0),
        (places.get(a)?.y ?? 0) - (places.get(b)?.y ?? 0),
      );
    expect(apart("b", "c")).toBeLessThan(apart("b", "z"));
    expect(apart("y", "z")).toBeLessThan(apart("y", "b"));
  });
});

it("communities are those who stand together, and always the same", () => {
  const found = communitiesOf(graph());
  const of = (key: string) => found.get(key);
  expect([of("b"), of("c")]).toEqual([of("a"), of("a")]);
  expect([of("y"), of("z")]).toEqual([of("x"), of("x")]);
  expect(of("a")).not.toBe(of("x"));
  expect([...communitiesOf(graph())]).toEqual([...found]);
  expect(communitiesOf({ nodes: [{ key: "a", x: 0, y: 0 }], edges: [] }).size).toBe(0);
});
