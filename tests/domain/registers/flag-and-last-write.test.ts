import { describe, expect, it } from "vitest";

import * as flag from "@/lib/domain/registers/flag";
import * as lastWrite from "@/lib/domain/registers/last-write";
import { changeId, seqOf } from "@/lib/domain/ids";

const assertion = (seq: number, names: string | null = null) => ({
  seq: seqOf(seq),
  by: changeId(`c${seq}`),
  names,
});

describe("a flag", () => {
  it("is set while at least one change asserts it", () => {
    const twice = flag.step(flag.step(flag.initial, assertion(1)), assertion(2));
    const once = flag.unstep(twice, changeId("c2"));
    expect([flag.isSet(twice), flag.isSet(once), flag.isSet(flag.unstep(once, changeId("c1")))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("names what its newest assertion names, whatever order they came in", () => {
    const named = flag.step(flag.step(flag.initial, assertion(9, "new")), assertion(3, "old"));
    expect(flag.newestName(named)).toBe("new");
    expect(flag.newestName(flag.unstep(named, changeId("c9")))).toBe("old");
    expect(flag.newestName(flag.initial)).toBeNull();
  });

  it("counts one change once", () => {
    expect(flag.step(flag.step(flag.initial, assertion(1)), assertion(1))).toEqual([assertion(1)]);
  });
});

describe("a last write", () => {
  it("is the write with the highest seq, whatever order they are folded in", () => {
    const [old, newer] = [
      { seq: seqOf(2), value: "old" },
      { seq: seqOf(7), value: "new" },
    ];
    expect([
      lastWrite.step(lastWrite.step(null, old), newer),
      lastWrite.step(lastWrite.step(null, newer), old),
    ]).toEqual([newer, newer]);
  });

  it("reads as the default where nothing was written, and tells null from nothing", () => {
    expect([
      lastWrite.read(null, "default"),
      lastWrite.read({ seq: seqOf(1), value: null }, "default"),
    ]).toEqual(["default", null]);
  });
});
