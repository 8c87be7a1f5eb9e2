/** That the search box proposes what the server understands, and that a view is a search by name. */
import { describe, expect, it } from "vitest";

import { accepted, complete } from "@/components/memories/completion";
import {
  builtInViews,
  isSameSearch,
  parseViews,
  renamed,
  without,
  withView,
} from "@/components/memories/views";
import { millis } from "@/lib/domain/ids";
import { parseSearch } from "@/lib/domain/memory/search-query";

const facets = { kind: [{ value: "fact", count: 3 }], tag: [{ value: "two words", count: 1 }], speaker: [] };
const known = { sorts: ["newest", "confidence"], lifecycles: ["active", "all"] } as const;
const texts = (text: string, caret = text.length) =>
  complete(text, caret, facets)?.proposals.map((proposal) => proposal.text) ?? [];

describe("a completion", () => {
  it("proposes keys for the term at the caret, and keeps the minus in front of it", () => {
    expect(texts("coffee ki")).toEqual(["kind:"]);
    expect(texts("-ki")).toEqual(["-kind:"]);
    expect(texts("ki coffee", 2)).toEqual(["kind:"]);
  });

  it("proposes the values that the matches have, quoted where a space would end the term", () => {
    expect(texts("kind:")).toEqual(["kind:fact"]);
    expect(texts("tag:t")).toEqual(['tag:"two words"']);
  });

  it("is silent inside quotes, in a word, and where the term is complete", () => {
    expect(texts('"ki')).toEqual([]);
    expect(texts("coffee")).toEqual([]);
    expect(texts("is:pinned")).toEqual([]);
  });

  it("replaces the whole term, and leaves the caret where typing goes on", () => {
    const at = complete("ki coffee", 2, facets);
    const [proposal] = at?.proposals ?? [];
    if (at === null || proposal === undefined) throw new Error("nothing is proposed");
    expect(accepted("ki coffee", at, proposal)).toEqual({ text: "kind:coffee", caret: 5 });
    const whole = complete("x is:pin", 8, facets);
    const [pinned] = whole?.proposals ?? [];
    if (whole === null || pinned === undefined) throw new Error("nothing is proposed");
    expect(accepted("x is:pin", whole, pinned)).toEqual({ text: "x is:pinned ", caret: 12 });
  });

  it("proposes only what the server's language takes", () => {
    const wholes = ["is:", "conf<", "conf>=", "uses>=", "used:>", "created:<", "updated:<"].flatMap((text) =>
      texts(text),
    );
    expect(wholes.length).toBeGreaterThan(10);
    for (const text of wholes) {
      const filter = parseSearch(text, millis(0));
      expect(JSON.stringify(filter)).not.toContain('"contains"');
    }
  });
});

describe("views", () => {
  const view = { name: "Mine", q: "tag:x", sort: "newest", lifecycle: "active" } as const;

  it("that everybody has are searches the server takes", () => {
    for (const { q } of builtInViews)
      expect(JSON.stringify(parseSearch(q, millis(0)))).not.toContain('"contains"');
  });

  it("are one for each name, can be renamed, and can go", () => {
    const twice = withView(withView([], view), { ...view, q: "tag:y" });
    expect(twice).toEqual([{ ...view, q: "tag:y" }]);
    expect(renamed(twice, "Mine", " Ours ").map(({ name }) => name)).toEqual(["Ours"]);
    expect(without(twice, "Mine")).toEqual([]);
  });

  it("are recognised by what they search", () => {
    expect(isSameSearch(view, { ...view, q: " tag:x " })).toBe(true);
    expect(isSameSearch(view, { ...view, sort: "confidence" })).toBe(false);
  });

  it("survive being stored, and what is no view is left out", () => {
    expect(parseViews(JSON.stringify([view]), known)).toEqual([view]);
    expect(parseViews('[{"name":"x"},3,{"name":"y","q":"","sort":"gone","lifecycle":"all"}]', known)).toEqual(
      [],
    );
    expect(parseViews("not json", known)).toEqual([]);
  });
});
