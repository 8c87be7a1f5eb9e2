import { describe, expect, it } from "vitest";
import { labelPlaces, type Box, type DrawnNode } from "@/components/graph/label-places";
import { seededRandom } from "@/tests/support/seeded-random";

const room = { width: 400, height: 300, lineHeight: 14 };
const node = (key: string, x: number, y: number, more: Partial<DrawnNode> = {}): DrawnNode => ({
  ...{ key, x, y, radius: 6, nameWidth: 60, isNamed: false },
  ...more,
});

describe("names of a graph", () => {
  it("stand at the right of their nodes, in the middle of their height", () => {
    expect(labelPlaces([node("a", 100, 100)], room).get("a")).toEqual({
      left: 109,
      top: 93,
      right: 169,
      bottom: 107,
    });
  });

  it("go to another side where the right is taken by a larger one's name, and are left out where all are", () => {
    const [large, small] = [node("large", 100, 100, { radius: 9 }), node("small", 140, 100, { radius: 4 })];
    const places = labelPlaces([small, large], room);
    expect(places.get("large")?.right).toBe(88);
    expect(places.get("small")?.left).toBe(147);
    const crowd = [...Array(9).keys()].map((i) =>
      node(`n${i}`, 100 + (i % 3) * 14, 100 + Math.floor(i / 3) * 14, { radius: i === 4 ? 7 : 6 }),
    );
    expect(labelPlaces(crowd, room).has("n4")).toBe(false);
  });

  it("of larger nodes come first where only one finds a place", () => {
    const strip = { width: 90, height: 42, lineHeight: 14 };
    const [large, small] = [node("b", 10, 20, { radius: 9 }), node("a", 10, 28, { radius: 8 })];
    expect([...labelPlaces([small, large], strip).keys()]).toEqual(["b"]);
  });

  it("do not leave the picture", () => {
    expect(labelPlaces([node("a", 390, 100)], room).get("a")?.right).toBe(381);
    expect(labelPlaces([node("a", 390, 100, { nameWidth: 500 })], room).size).toBe(0);
  });

  it("of nodes that were asked for are shown in any case, and the others make room for them", () => {
    const asked = node("asked", 100, 100, { radius: 4, isNamed: true });
    const larger = node("larger", 130, 104, { radius: 12 });
    const places = labelPlaces([larger, asked], room);
    expect(places.get("asked")?.left).toBe(107);
    expect(places.get("larger")?.top).toBe(119);
    expect(labelPlaces([larger, asked, node("over", 170, 100, { radius: 12 })], room).has("asked")).toBe(
      true,
    );
  });

  it("never cover one another or a node, in any of a hundred crowds, and the same crowd looks the same", () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = seededRandom(seed);
      const crowd = [...Array(60).keys()].map((i) =>
        node(`n${i}`, random() * 400, random() * 300, {
          radius: 4 + random() * 12,
          nameWidth: 20 + random() * 80,
        }),
      );
      const places = labelPlaces(crowd, room);
      for (const [key, box] of places) {
        const others = [...places].filter(([other]) => other !== key).map(([, other]) => other);
        expect(others.filter((other) => cross(box, other))).toEqual([]);
        expect(crowd.filter(({ x, y, radius }) => distance(box, x, y) < radius)).toEqual([]);
      }
      expect(places.size).toBeGreaterThan(3);
      expect(labelPlaces([...crowd].reverse(), room)).toEqual(places);
    }
  });
});

const cross = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const distance = ({ left, top, right, bottom }: Box, x: number, y: number): number =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
