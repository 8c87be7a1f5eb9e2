import { describe, expect, it } from "vitest";

import { birthOf, scenario } from "@/tests/support/scenario";
import { initial, type MemoryRegisters } from "@/lib/domain/registers/memory-registers";
import { changeId, memoryId, millis, seqOf } from "@/lib/domain/ids";
import { lowestTrust } from "@/lib/domain/memory/memory";
import { resolve } from "@/lib/domain/memory/resolve";
import { total } from "@/lib/domain/registers/evidence";

const born = (
  seq: number,
  more: Partial<MemoryRegisters> = {},
  sources: readonly string[] | null = null,
): MemoryRegisters => {
  const { content, ...birth } = birthOf(`text ${seq}`);
  return {
    ...initial,
    birth: {
      ...birth,
      seq: seqOf(seq),
      by: changeId(`c${seq}`),
      at: millis(seq),
      sources: sources?.map(memoryId) ?? null,
    },
    content: [{ seq: seqOf(seq), text: content, madeFrom: [] }],
    ...more,
  };
};
const into = (name: string, seq: number) => ({
  memberships: [{ seq: seqOf(seq), by: changeId(`m${seq}`), names: memoryId(name) }],
});
const views = (registers: Readonly<Record<string, MemoryRegisters>>) => {
  const resolved = resolve(new Map(Object.entries(registers).map(([id, own]) => [memoryId(id), own])));
  return (id: string) => {
    const view = resolved.get(memoryId(id));
    if (view === undefined) throw new Error(`no view of ${id}`);
    return view;
  };
};
const weighed = (alpha: number) => ({ evidence: { "owner:me": { 0: [alpha, 0] as const } } });

describe("a view", () => {
  it("has the values of birth until something is written, each register by itself", () => {
    const view = views({
      a: born(1, {
        kind: { seq: seqOf(2), value: "episode" },
        invalidAt: { seq: seqOf(3), value: millis(9) },
      }),
    })("a");
    expect(view).toMatchObject({
      exists: true,
      kind: "episode",
      tags: [],
      invalidAt: 9,
      lifecycle: "active",
      createdBy: "c1",
      createdAt: 1,
    });
  });

  it("of a memory that was never made exists as little as an empty one", () => {
    expect(views({ a: initial })("a")).toMatchObject({
      exists: false,
      erased: false,
      content: "",
      createdBy: null,
      evidence: {},
    });
  });

  it("does not show as contested what it is superseded by", () => {
    const named = (seq: number, name: string) => ({
      seq: seqOf(seq),
      by: changeId(`s${seq}`),
      names: memoryId(name),
    });
    const view = views({
      a: born(1, { supersessions: [named(2, "b")], contests: [named(3, "b"), named(4, "c"), named(5, "c")] }),
    })("a");
    expect(view).toMatchObject({ supersededBy: "b", contestedWith: ["c"] });
  });
});

describe("a merge's result", () => {
  it("reads its members' evidence by reference, each once, through any depth", () => {
    const of = views({
      a: born(1, { ...weighed(1), ...into("inner", 4) }),
      b: born(2, { ...weighed(10), ...into("inner", 5) }),
      c: born(3, { ...weighed(100), ...into("outer", 8) }),
      inner: born(6, { ...weighed(1000), ...into("outer", 9) }, ["a", "b"]),
      outer: born(10, weighed(10_000), ["inner", "c"]),
    });
    expect(["a", "inner", "outer"].map((id) => total(of(id).evidence)[0])).toEqual([1, 1011, 11_111]);
  });

  it("lists its members in the order the sources were named", () => {
    const of = views({ a: born(1, into("r", 5)), b: born(2, into("r", 6)), r: born(4, {}, ["b", "a"]) });
    expect(of("r").mergedFrom).toEqual(["b", "a"]);
  });

  it("does not exist without members, and then returns its shares to the leaves", () => {
    const shares = { [memoryId("a")]: { "owner:me": { 0: [3, 0] as const } } };
    const of = views({ a: born(1, weighed(1)), r: born(4, { shares, ...weighed(3) }, ["a"]) });
    expect([of("r").exists, total(of("a").evidence)[0]]).toEqual([false, 4]);
  });

  it("lists nothing and lends nothing once it is erased", () => {
    const of = views({
      a: born(1, { ...weighed(1), ...into("r", 5) }),
      r: { ...initial, purged: true, ...weighed(7) },
    });
    expect([of("r").erased, of("r").mergedFrom, total(of("r").evidence)[0], of("a").mergedInto]).toEqual([
      true,
      [],
      7,
      null,
    ]);
  });

  it("is read whatever order its registers come in", () => {
    const registers = { r: born(4, {}, ["b", "a"]), b: born(2, into("r", 6)), a: born(1, into("r", 5)) };
    const [forward, backward] = [
      views(registers),
      views(Object.fromEntries(Object.entries(registers).reverse())),
    ];
    for (const id of Object.keys(registers)) expect(backward(id)).toEqual(forward(id));
  });

  it("nests ten thousand deep", () => {
    const DEPTH = 10_000;
    const chain = Object.fromEntries(
      Array.from({ length: DEPTH }, (_, i) => [
        `m${i}`,
        born(i + 1, i + 1 < DEPTH ? into(`m${i + 1}`, i + 1) : {}, i === 0 ? null : [`m${i - 1}`]),
      ]),
    );
    const of = views(
      Object.fromEntries(
        Object.entries({ ...chain, m0: { ...born(1, { ...into("m1", 1), ...weighed(5) }) } }).reverse(),
      ),
    );
    expect(total(of(`m${DEPTH - 1}`).evidence)[0]).toBe(5);
  });
});

describe("trust", () => {
  it("of a derived memory is the lowest of its parents", () => {
    expect([lowestTrust(["owner", "low", "verified"]), lowestTrust(["owner"]), lowestTrust([])]).toEqual([
      "low",
      "owner",
      "owner",
    ]);
  });
});

it("a memory's birth is immutable, whatever is set later", async () => {
  const { remember, set, view } = scenario();
  const memory = await remember("a", { trust: "low", source: { channel: "mcp" } });
  await set(memory, { register: "kind", value: "insight" });
  expect(view(memory)).toMatchObject({ trust: "low", source: { channel: "mcp" }, kind: "insight" });
});
