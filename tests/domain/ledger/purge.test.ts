import { describe, expect, it } from "vitest";

import { scenario } from "@/tests/support/scenario";

describe("a purge", () => {
  it("leaves a tombstone, and nothing purged comes back by any other undo", async () => {
    const { remember, edit, pin, purge, revert, view } = scenario();
    const secret = await remember("the door code", { tags: ["home"], metadata: { floor: 2 } });
    const change = await edit(secret, "the new door code");
    const reverted = await revert(change);
    await purge(secret);
    await revert(...reverted);
    await revert(...(await revert(secret)));
    await pin(secret);
    expect(view(secret)).toMatchObject({
      exists: false,
      erased: true,
      content: "",
      tags: [],
      metadata: {},
      pinned: false,
    });
  });

  it("takes the words of a source out of every merge that used them", async () => {
    const { remember, merge, purge, view } = scenario();
    const [secret, other, third] = [
      await remember("the door code is 7"),
      await remember("the door is green"),
      await remember("a door"),
    ];
    const inner = await merge([secret, other], "the green door's code is 7", [secret.id, other.id]);
    const outer = await merge([inner, third], "a green door, code 7", [
      inner.id,
      third.id,
      secret.id,
      other.id,
    ]);
    await purge(secret);
    expect([view(inner).content, view(outer).content]).toEqual(["the door is green", "the door is green"]);
  });

  it("keeps sums that others have a share in", async () => {
    const { remember, merge, observe, purge, view, evidence } = scenario();
    const [a, b] = [await remember("a"), await remember("b")];
    const result = await merge([a, b], "a and b");
    await observe(result, [10, 0], { shares: { [a.id]: [4, 0], [b.id]: [6, 0] } });
    await purge(result);
    expect([view(result).erased, view(a).mergedInto, evidence(a), evidence(b)]).toEqual([
      true,
      null,
      [4, 0],
      [6, 0],
    ]);
  });
});
