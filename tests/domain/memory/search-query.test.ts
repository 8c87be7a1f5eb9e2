/** The little language of the search box as a parser. */
import { describe, expect, it } from "vitest";

import { millis } from "@/lib/domain/ids";
import { parseSearch } from "@/lib/domain/memory/search-query";

const NOW = millis(Date.UTC(2026, 5, 1));
const DAY = 86_400_000;
const parse = (q: string) => {
  const read = parseSearch(q, NOW);
  if (read.type !== "all") throw new Error("a search asks for all of its terms");
  return read.of;
};
const words = (value: string) => ({ type: "compare", field: "content", by: "contains", value });

describe("a search", () => {
  it("wants every word, and keeps a phrase in quotes together", () => {
    expect(parse('green "flat white" tea')).toEqual([words("green"), words("flat white"), words("tea")]);
  });

  it("reads a quote that is never closed to the end of the text", () => {
    expect(parse('a "b c')).toEqual([words("a"), words("b c")]);
  });

  it("turns a term around with a minus, words and keys alike", () => {
    expect(parse('-tea -"flat white" -tag:x')).toEqual([
      { type: "not", of: words("tea") },
      { type: "not", of: words("flat white") },
      { type: "not", of: { type: "compare", field: "tags", by: "contains", value: "x" } },
    ]);
  });

  it("compares numbers with and without a colon", () => {
    const expected = [{ type: "compare", field: "confidence", by: "lt", value: 0.4 }];
    expect(parse("conf<0.4")).toEqual(expected);
    expect(parse("conf:<0.4")).toEqual(expected);
    expect(parse("uses>=3")).toEqual([{ type: "compare", field: "uses", by: "gte", value: 3 }]);
    expect(parse("uses:0")).toEqual([{ type: "compare", field: "uses", by: "eq", value: 0 }]);
  });

  it("counts ages backwards: more than 30 days ago is before that time", () => {
    expect(parse("used:>30d")).toEqual([
      { type: "compare", field: "lastUsedAt", by: "lt", value: NOW - 30 * DAY },
    ]);
    expect(parse("created:<=7d")).toEqual([
      { type: "compare", field: "createdAt", by: "gte", value: NOW - 7 * DAY },
    ]);
    expect(parse("created:7d")).toEqual(parse("created:<=7d"));
  });

  it("takes a bare date as that day, and one with a sign as its beginning", () => {
    const day = Date.UTC(2026, 4, 2);
    expect(parse("created:2026-05-02")).toEqual([
      {
        type: "all",
        of: [
          { type: "compare", field: "createdAt", by: "gte", value: day },
          { type: "compare", field: "createdAt", by: "lt", value: day + DAY },
        ],
      },
    ]);
    expect(parse("updated:>2026-05-02")).toEqual([
      { type: "compare", field: "updatedAt", by: "gt", value: day },
    ]);
  });

  it("reads people, places and states", () => {
    expect(parse('speaker:"Ann Lee" user:u1 session:s is:never-used is:archived kind:fact,Insight')).toEqual([
      { type: "compare", field: "speaker", by: "same", value: "Ann Lee" },
      { type: "compare", field: "userId", by: "same", value: "u1" },
      { type: "compare", field: "sessionId", by: "same", value: "s" },
      { type: "is", state: "never-used" },
      { type: "compare", field: "lifecycle", by: "eq", value: "archived" },
      { type: "compare", field: "kind", by: "in", value: ["fact", "insight"] },
    ]);
  });

  it("looks for what has none of our keys in front as it stands", () => {
    expect(parse("https://example.org/a?b=1 at 12:30, ratio a<b note:x")).toEqual(
      ["https://example.org/a?b=1", "at", "12:30,", "ratio", "a<b", "note:x"].map(words),
    );
  });

  it("is empty when nothing is asked", () => {
    for (const q of ["", "   ", '""']) expect(parse(q)).toEqual([]);
  });

  it.each([
    ["kind:rumour", /one of fact/],
    ["is:lost", /is: takes pinned/],
    ["conf<high", /conf takes a number/],
    ["conf>4", /from 0 to 1/],
    ["used:>soon", /an age or a date/],
    ["created:2026-99-99", /must be a time/],
  ])("refuses %s, naming the field q and the remedy", (q, remedy) => {
    expect(() => parseSearch(q, NOW)).toThrowError(
      expect.objectContaining({
        code: "invalid_input",
        fields: [{ path: "q", message: expect.stringMatching(remedy) }],
      }),
    );
  });
});
