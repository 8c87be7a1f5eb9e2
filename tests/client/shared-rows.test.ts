import { describe, expect, it } from "vitest";
import { sharedRows } from "@/lib/client/shared-rows";

/** What would break unseen: a list whose every row is drawn again because one came in above them. */

const row = (id: string, text = id) => ({ id, text, tags: [id] });
const list = (...rows: ReturnType<typeof row>[]) => ({
  pages: [{ items: rows, total: rows.length }],
  pageParams: [null],
});
// The function takes and gives what the library holds, which has no type of its own.
const shared = (before: unknown, after: ReturnType<typeof list>) =>
  sharedRows(before, after) as ReturnType<typeof list>;

describe("a list that was asked for again", () => {
  it("keeps the rows that read as before, though another came in above them", () => {
    const before = list(row("b"), row("a"));
    const after = shared(before, list(row("c"), row("b"), row("a")));
    expect(after.pages[0]?.items[1]).toBe(before.pages[0]?.items[0]);
    expect(after.pages[0]?.items[2]).toBe(before.pages[0]?.items[1]);
    expect(after).toEqual(list(row("c"), row("b"), row("a")));
  });
  it("takes a row anew that reads otherwise", () => {
    const before = list(row("b"), row("a"));
    const after = shared(before, list(row("b"), row("a", "another text")));
    expect(after.pages[0]?.items[0]).toBe(before.pages[0]?.items[0]);
    expect(after.pages[0]?.items[1]).toEqual(row("a", "another text"));
  });
  it("is the same object when nothing changed, and what came when there was none", () => {
    const before = list(row("a"));
    expect(shared(before, list(row("a")))).toBe(before);
    expect(shared(undefined, list(row("a")))).toEqual(list(row("a")));
  });
});
