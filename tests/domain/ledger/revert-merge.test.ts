/** The rows of `ledger.md`'s table that are about merges: whole, one source at a time, nested, and claimed twice. */
import { describe, expect, it } from "vitest";

import { heldEvidence } from "@/tests/support/oracle";
import { scenario } from "@/tests/support/scenario";
import type { Weight } from "@/lib/domain/ledger/change";

const HELPFUL: Weight = [1_000_000, 0];

describe("a revert of a merge", () => {
  const merged = async () => {
    const s = scenario();
    const [a, b] = [await s.remember("a: likes tea"), await s.remember("b: likes green tea")];
    await s.observe(a, HELPFUL);
    const result = await s.merge([a, b], "likes green tea", [a.id, b.id]);
    return { ...s, a, b, result };
  };

  it("brings the sources back and makes the result go", async () => {
    const { a, b, result, view, revert } = await merged();
    expect([view(a).mergedInto, view(b).mergedInto, view(result).mergedFrom]).toEqual([
      result.id,
      result.id,
      [a.id, b.id],
    ]);
    await revert(...result.changes);
    expect([view(a).mergedInto, view(b).mergedInto, view(result).exists]).toEqual([null, null, false]);
    expect([view(a).content, view(b).content]).toEqual(["a: likes tea", "b: likes green tea"]);
  });

  it("needs no more than the merge change itself: the memberships are suspended with it", async () => {
    const { a, b, result, view, status, revert } = await merged();
    await revert(result);
    expect(result.members.map(status)).toEqual(["suspended", "suspended"]);
    expect([view(a).mergedInto, view(b).mergedInto, view(result).exists]).toEqual([null, null, false]);
  });

  it("returns feedback on the result to the leaves by the recorded shares, and takes it back on redo", async () => {
    const { a, b, result, observe, evidence, revert } = await merged();
    await observe(result, [900_001, 0], { shares: { [a.id]: [300_000, 0], [b.id]: [600_001, 0] } });
    expect([evidence(result), evidence(a), evidence(b)]).toEqual([
      [1_900_001, 0],
      [1_000_000, 0],
      [0, 0],
    ]);
    const undo = await revert(...result.changes);
    expect([evidence(a), evidence(b)]).toEqual([
      [1_300_000, 0],
      [600_001, 0],
    ]);
    await revert(...undo);
    expect([evidence(result), evidence(a), evidence(b)]).toEqual([
      [1_900_001, 0],
      [1_000_000, 0],
      [0, 0],
    ]);
  });

  it("counts feedback that comes after it for the leaves at once", async () => {
    const { a, b, result, observe, evidence, revert } = await merged();
    await revert(...result.changes);
    await observe(result, [500_000, 0], { shares: { [a.id]: [500_000, 0], [b.id]: [0, 0] } });
    expect([evidence(a), evidence(b)]).toEqual([
      [1_500_000, 0],
      [0, 0],
    ]);
  });

  it("takes one observation of the result out of both forms of it", async () => {
    const { a, b, result, observe, evidence, revert } = await merged();
    const told = await observe(result, [500_000, 0], {
      shares: { [a.id]: [200_000, 0], [b.id]: [300_000, 0] },
    });
    await revert(...result.changes);
    await revert(told);
    expect([evidence(a), evidence(b), evidence(result)]).toEqual([HELPFUL, [0, 0], [0, 0]]);
  });

  it("keeps edits of the result with the merge", async () => {
    const { a, result, edit, view, status, revert } = await merged();
    const correction = await edit(result, "likes sencha");
    const undo = await revert(...result.changes);
    expect([status(correction), view(a).content]).toEqual(["suspended", "a: likes tea"]);
    await revert(...undo);
    expect(view(result).content).toBe("likes sencha");
  });

  it("leaves in force what was done to a source while it was merged", async () => {
    const { a, result, edit, observe, view, evidence, revert } = await merged();
    await observe(a, HELPFUL);
    await edit(a, "a: likes oolong");
    await revert(...result.changes);
    expect([view(a).content, evidence(a)]).toEqual(["a: likes oolong", [2_000_000, 0]]);
  });
});

describe("a revert of one source's membership", () => {
  const three = async () => {
    const s = scenario();
    const [a, b, c] = [await s.remember("a"), await s.remember("b"), await s.remember("c")];
    const result = await s.merge([a, b, c], "all of a, b and c", [a.id, b.id, c.id]);
    const [ofA, ofB, ofC] = result.members;
    if (!ofA || !ofB || !ofC) throw new Error("three memberships");
    return { ...s, a, b, c, result, ofA, ofB, ofC };
  };

  it("lets only that source leave", async () => {
    const { a, b, c, result, ofB, view, revert } = await three();
    await revert(ofB);
    expect(view(result).mergedFrom).toEqual([a.id, c.id]);
    expect([view(a).mergedInto, view(b).mergedInto, view(c).mergedInto]).toEqual([
      result.id,
      null,
      result.id,
    ]);
  });

  it("falls back to the last live text that was not made from it", async () => {
    const { a, b, c, result, ofB, edit, view, revert } = await three();
    await edit(result, "of a and c", [a.id, c.id]);
    await edit(result, "of all again", [a.id, c.id, b.id]);
    const undo = await revert(ofB);
    expect(view(result).content).toBe("of a and c");
    await revert(...undo);
    expect(view(result).content).toBe("of all again");
  });

  it("falls back to the first remaining source where every text used its words", async () => {
    const { result, ofA, view, revert } = await three();
    await revert(ofA);
    expect(view(result).content).toBe("b");
  });

  it("keeps a person's own words, whoever leaves", async () => {
    const { result, ofA, edit, view, revert } = await three();
    await edit(result, "in my own words");
    await revert(ofA);
    expect(view(result).content).toBe("in my own words");
  });

  it("ends the merge with the last one, and shares return", async () => {
    const { a, b, c, result, members, observe, evidence, view, revert } = await three().then((s) => ({
      ...s,
      members: s.result.members,
    }));
    await observe(result, [3, 0], { shares: { [a.id]: [1, 0], [b.id]: [1, 0], [c.id]: [1, 0] } });
    for (const membership of members) await revert(membership);
    expect([view(result).exists, evidence(a), evidence(b), evidence(c)]).toEqual([
      false,
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });
});

describe("a revert of a merge whose result was merged again", () => {
  const nested = async () => {
    const s = scenario();
    const [a, b, c] = [await s.remember("a"), await s.remember("b"), await s.remember("c")];
    const inner = await s.merge([a, b], "a and b", [a.id, b.id]);
    const outer = await s.merge([inner, c], "a, b and c", [inner.id, c.id, a.id, b.id]);
    return { ...s, a, b, c, inner, outer };
  };

  it("suspends the later merge and brings all leaves back", async () => {
    const { a, b, c, inner, outer, view, status, revert, ledger } = await nested();
    await revert(...inner.changes);
    expect([status(outer), view(outer).exists, view(inner).exists]).toEqual(["suspended", false, false]);
    expect([a, b, c].map((m) => view(m).mergedInto)).toEqual([null, null, null]);
    expect([...ledger.state().memories.keys()].sort()).toEqual([a.id, b.id, c.id]);
  });

  it("conserves evidence through every stage", async () => {
    const { a, b, c, inner, outer, observe, revert, ledger } = await nested();
    await observe(outer, [30, 3], { shares: { [a.id]: [10, 1], [b.id]: [10, 1], [c.id]: [10, 1] } });
    await observe(inner, [20, 0], { shares: { [a.id]: [15, 0], [b.id]: [5, 0] } });
    await observe(c, [7, 0]);
    const held = () => heldEvidence(ledger.state());
    expect(held()).toEqual([57, 3]);
    const undoOuter = await revert(...outer.changes);
    expect(held()).toEqual([57, 3]);
    await revert(...undoOuter);
    await revert(...inner.changes);
    expect(held()).toEqual([57, 3]);
  });

  it("takes a leaf's words out of the outer text when the leaf leaves the inner merge", async () => {
    const { inner, outer, view, revert } = await nested();
    await revert(...inner.members.slice(0, 1));
    expect([view(inner).content, view(outer).content]).toEqual(["b", "b"]);
  });

  it("lets the outer merge go on without the inner one when the inner one's sources leave one by one", async () => {
    const { a, b, c, inner, outer, view, revert } = await nested();
    for (const membership of inner.members) await revert(membership);
    expect([view(inner).exists, view(outer).mergedFrom]).toEqual([false, [c.id]]);
    expect([view(a).mergedInto, view(b).mergedInto]).toEqual([null, null]);
  });
});

describe("a source that two live merges claim", () => {
  it("belongs to the newer one, counts once, and falls to the older one when the newer goes", async () => {
    const { remember, observe, merge, revert, view, evidence, ledger } = scenario();
    const [a, b, c] = [await remember("a"), await remember("b"), await remember("c")];
    await observe(a, HELPFUL);
    const older = await merge([a, b], "a and b");
    const newer = await merge([a, c], "a and c");
    expect([view(a).mergedInto, view(older).mergedFrom, view(newer).mergedFrom]).toEqual([
      newer.id,
      [b.id],
      [a.id, c.id],
    ]);
    expect([evidence(older), evidence(newer), heldEvidence(ledger.state())]).toEqual([
      [0, 0],
      HELPFUL,
      HELPFUL,
    ]);
    await revert(...newer.changes);
    expect([view(a).mergedInto, view(older).mergedFrom, evidence(older)]).toEqual([
      older.id,
      [a.id, b.id],
      HELPFUL,
    ]);
  });
});
