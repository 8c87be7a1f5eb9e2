import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { memoryId, seqOf } from "@/lib/domain/ids";
import { initial, read, step, type ContentWrite } from "@/lib/domain/registers/content";

const write = (seq: number, text: string | null, ...madeFrom: string[]): ContentWrite => ({
  seq: seqOf(seq),
  text,
  madeFrom: madeFrom.map(memoryId),
});
const members =
  (...ids: string[]) =>
  (source: string) =>
    ids.includes(source);
const foldAll = (...writes: ContentWrite[]) => writes.reduce(step, initial);

describe("content", () => {
  it("is the newest text, whatever order the writes are folded in", () => {
    expect(read(foldAll(write(1, "old"), write(3, "new"), write(2, "middle")), members())).toBe("new");
  });

  it("counts a text only while all whose words it uses are members", () => {
    const content = foldAll(
      write(1, "of a, b", "a", "b"),
      write(2, "of b", "b"),
      write(3, "of all", "a", "b", "c"),
    );
    expect(
      [members("a", "b", "c"), members("a", "b"), members("b"), members("a")].map((m) => read(content, m)),
    ).toEqual(["of all", "of b", "of b", null]);
  });

  it("forgets texts that a newer unconditional one hides for ever", () => {
    const content = foldAll(
      write(1, "plain"),
      write(2, "of a", "a"),
      write(3, "plain again"),
      write(4, "of b", "b"),
    );
    expect(content.map((w) => w.seq)).toEqual([3, 4]);
  });

  it("does not let an old text back in when its change is redone", () => {
    const content = foldAll(write(5, "newest"), write(2, "old"), write(3, "of a", "a"));
    expect(content).toEqual([write(5, "newest")]);
  });

  it("holds an erased text as nothing, and reads an earlier one where there is one", () => {
    expect(read(foldAll(write(1, null)), members())).toBeNull();
    expect(read(foldAll(write(1, "plain"), write(2, null, "a")), members("a"))).toBe("plain");
  });

  it("is one form for one set of writes", () => {
    const some = fc.uniqueArray(
      fc
        .record({ seq: fc.nat(30), from: fc.subarray(["a", "b"]) })
        .map(({ seq, from }) => write(seq, `${seq}`, ...from)),
      { selector: (w) => w.seq, maxLength: 8 },
    );
    fc.assert(
      fc.property(some, (writes) => {
        expect(foldAll(...writes)).toEqual(foldAll(...[...writes].sort((a, b) => b.seq - a.seq)));
      }),
      { seed: 1 },
    );
  });
});
