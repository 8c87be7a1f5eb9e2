/** Row by row, what `ledger.md` says a revert does. If one of these breaks, the product's promise does. */
import { describe, expect, it } from "vitest";

import { draft } from "@/lib/domain/ledger/draft";
import { scenario } from "@/tests/support/scenario";
import { stateDigest } from "@/tests/support/oracle";
import { takeOut } from "@/lib/domain/ledger/take-out";
import type { Weight } from "@/lib/domain/ledger/change";

const HELPFUL: Weight = [1_000_000, 0];
const HARMFUL: Weight = [0, 2_000_000];

describe("a revert of one confidence update", () => {
  it("takes that observation out of the sum and leaves later ones their full effect", async () => {
    const { remember, observe, revert, evidence } = scenario();
    const coffee = await remember("likes espresso");
    await observe(coffee, HELPFUL);
    const wrong = await observe(coffee, HARMFUL);
    await observe(coffee, HELPFUL, { day: 3 });
    await revert(wrong);
    expect(evidence(coffee)).toEqual([2_000_000, 0]);
  });

  it("leaves no trace of the source that gave it", async () => {
    const { remember, observe, revert, view } = scenario();
    const coffee = await remember("likes espresso");
    const only = await observe(coffee, HARMFUL, { by: "low:stranger" });
    await revert(only);
    expect(view(coffee).evidence).toEqual({});
  });
});

describe("a revert of a deletion", () => {
  it("brings the memory back with everything it had and would have gained meanwhile", async () => {
    const { remember, observe, edit, pin, remove, revert, view, evidence } = scenario();
    const coffee = await remember("likes espresso", { tags: ["taste"] });
    await observe(coffee, HELPFUL);
    const deletion = await remove(coffee);
    expect(view(coffee)).toMatchObject({ exists: true, lifecycle: "deleted" });
    await observe(coffee, HELPFUL);
    await edit(coffee, "likes ristretto");
    await pin(coffee);
    await revert(deletion);
    expect(view(coffee)).toMatchObject({
      lifecycle: "active",
      content: "likes ristretto",
      pinned: true,
      tags: ["taste"],
    });
    expect(evidence(coffee)).toEqual([2_000_000, 0]);
  });

  it("returns to the lifecycle of before, which need not be active", async () => {
    const { remember, archive, remove, revert, view } = scenario();
    const coffee = await remember("likes espresso");
    await archive(coffee);
    await revert(await remove(coffee));
    expect(view(coffee).lifecycle).toBe("archived");
  });
});

describe("a revert of a middle edit", () => {
  it("changes nothing to be seen, and the edit does not resurface when the later one goes too", async () => {
    const { remember, edit, revert, view } = scenario();
    const city = await remember("lives in Rome");
    const middle = await edit(city, "lives in Bonn");
    const last = await edit(city, "lives in Kyiv");
    await revert(middle);
    expect(view(city).content).toBe("lives in Kyiv");
    await revert(last);
    expect(view(city).content).toBe("lives in Rome");
  });
});

describe("a revert of a creation", () => {
  it("makes the memory go and suspends its later changes without losing them", async () => {
    const { remember, edit, observe, revert, view, status, ledger } = scenario();
    const city = await remember("lives in Rome");
    const later = await edit(city, "lives in Bonn");
    const told = await observe(city, HELPFUL);
    const before = stateDigest(ledger.state());
    const undo = await revert(city);
    expect(view(city).exists).toBe(false);
    expect([status(city), status(later), status(told)]).toEqual(["reverted", "suspended", "suspended"]);
    await revert(...undo);
    expect([status(city), status(later), status(told)]).toEqual(["live", "live", "live"]);
    expect(stateDigest(ledger.state())).toBe(before);
  });

  it("keeps what is told of the memory meanwhile, for when it is back", async () => {
    const { remember, observe, revert, evidence, status } = scenario();
    const city = await remember("lives in Rome");
    const undo = await revert(city);
    const late = await observe(city, HELPFUL);
    expect([status(late), evidence(city)]).toEqual(["suspended", [0, 0]]);
    await revert(...undo);
    expect([status(late), evidence(city)]).toEqual(["live", HELPFUL]);
  });
});

describe("a revert of a supersession", () => {
  it("lets both facts stand, shown as contested", async () => {
    const { remember, supersede, revert, view } = scenario();
    const [rome, bonn] = [await remember("lives in Rome"), await remember("lives in Bonn")];
    const [supersession] = await supersede(rome, bonn);
    expect(view(rome)).toMatchObject({ supersededBy: bonn.id, contestedWith: [] });
    if (supersession) await revert(supersession);
    expect(view(rome)).toMatchObject({ exists: true, supersededBy: null, contestedWith: [bonn.id] });
    expect(view(bonn)).toMatchObject({ exists: true, supersededBy: null });
  });

  it("happens by itself when the newer fact goes", async () => {
    const { remember, supersede, revert, view } = scenario();
    const [rome, bonn] = [await remember("lives in Rome"), await remember("lives in Bonn")];
    await supersede(rome, bonn);
    await revert(bonn);
    expect(view(rome)).toMatchObject({ supersededBy: null, contestedWith: [] });
  });
});

describe("a revert of a parameter change", () => {
  it("puts the previous live value in force, and the default at last", async () => {
    const { tune, revert, ledger } = scenario();
    const first = await tune("recall.weight.utility", 0.3);
    const second = await tune("recall.weight.utility", 0.4);
    const third = await tune("recall.weight.utility", 0.5);
    const value = () => ledger.state().parameters.get("recall.weight.utility");
    await revert(second);
    expect(value()).toBe(0.5);
    await revert(third);
    expect(value()).toBe(0.3);
    await revert(first);
    expect(value()).toBeUndefined();
  });
});

describe("a revert of a source, a session or a group", () => {
  it("takes out all it did in one append, what it had taken back itself included", async () => {
    const { remember, edit, revert, append, heads, view, ledger } = scenario();
    const mine = await remember("lives in Rome");
    const theirs = heads();
    const forged = await append(
      draft.edit(theirs({ origin: "feed" }), mine, { content: "lives on the moon", madeFrom: [] }),
    );
    await append(...forged.changes.map((c) => draft.revert(theirs({ origin: "feed" }), c)));
    await edit(mine, "lives in Bonn");
    const last = ledger.all.at(-1);
    if (last) await revert(last);
    const ofFeed = ledger.all.filter((c) => c.origin === "feed");
    const { changes } = await append(
      ...(await takeOut(ledger, ofFeed)).map((c) => draft.revert(heads()(), c)),
    );
    expect(changes).toHaveLength(2);
    expect(view(mine).content).toBe("lives in Rome");
  });
});

describe("a revert of a revert", () => {
  it("puts the change in force again, bit for bit", async () => {
    const { remember, edit, observe, revert, ledger } = scenario();
    const city = await remember("lives in Rome");
    const move = await edit(city, "lives in Bonn");
    await observe(city, HELPFUL);
    const before = stateDigest(ledger.state());
    const undo = await revert(move);
    expect(stateDigest(ledger.state())).not.toBe(before);
    await revert(...undo);
    expect(stateDigest(ledger.state())).toBe(before);
  });

  it("needs both undone where a change was reverted twice", async () => {
    const { remember, edit, revert, view } = scenario();
    const city = await remember("lives in Rome");
    const move = await edit(city, "lives in Bonn");
    const [first, second] = [await revert(move), await revert(move)];
    await revert(...first);
    expect(view(city).content).toBe("lives in Rome");
    await revert(...second);
    expect(view(city).content).toBe("lives in Bonn");
  });
});

describe("a revert of evidence under a decision", () => {
  it("leaves the decision in force and flags it, until enough evidence is back", async () => {
    const { remember, observe, archive, revert, view, ledger } = scenario();
    const stale = await remember("uses Windows 7");
    const told = [await observe(stale, [0, 3]), await observe(stale, [0, 4])];
    const terms = told.map((c) => ({ change: c.id, amount: 3 }));
    const decision = await archive(stale, { terms, threshold: 5 });
    const undo = await revert(...told.slice(0, 1));
    expect([view(stale).lifecycle, [...ledger.unsupported]]).toEqual(["archived", [decision.id]]);
    await revert(...undo);
    expect([...ledger.unsupported]).toEqual([]);
  });
});
