import { describe, expect, it } from "vitest";
import {
  allMatching,
  headerState,
  isSelected,
  noSelection,
  selectedCount,
  selectRange,
  toggleAll,
  toggleRow,
} from "@/components/ui/row-selection";

const order = ["a", "b", "c", "d", "e"];

describe("a selection by ids", () => {
  it("takes a row in and lets it go, and leaves the old selection as it was", () => {
    const one = toggleRow(noSelection, "b");
    expect(isSelected(one, "b")).toBe(true);
    expect(isSelected(toggleRow(one, "b"), "b")).toBe(false);
    expect(selectedCount(noSelection, null)).toBe(0);
    expect(selectedCount(one, null)).toBe(1);
  });
  it("takes in a range with both ends, in either direction", () => {
    for (const ends of [["d", "b"] as const, ["b", "d"] as const]) {
      const range = selectRange(noSelection, order, ends);
      expect(order.filter((id) => isSelected(range, id))).toEqual(["b", "c", "d"]);
    }
  });
  it("is left alone by a range whose end was filtered away", () => {
    expect(selectRange(noSelection, order, ["b", "gone"])).toBe(noSelection);
  });
});

describe("a selection of everything that matches", () => {
  it("holds rows that were never loaded, and counts without the excluded ones", () => {
    const allButOne = toggleRow(allMatching, "c");
    expect(isSelected(allButOne, "never loaded")).toBe(true);
    expect(isSelected(allButOne, "c")).toBe(false);
    expect(selectedCount(allButOne, 12_345)).toBe(12_344);
    expect(selectedCount(allButOne, null)).toBeNull();
  });
  it("takes excluded rows back in with a range", () => {
    const back = selectRange(toggleRow(allMatching, "c"), order, ["b", "d"]);
    expect(selectedCount(back, 10)).toBe(10);
  });
});

describe("the header's box", () => {
  it("shows none, some and all of the loaded rows", () => {
    const one = toggleRow(noSelection, "a");
    expect([noSelection, one, allMatching].map((selection) => headerState(selection, order))).toEqual([
      false,
      "indeterminate",
      true,
    ]);
  });
  it("selects the loaded rows when nothing is selected, and clears otherwise", () => {
    expect(selectedCount(toggleAll(noSelection, order), null)).toBe(5);
    expect(toggleAll(allMatching, order)).toBe(noSelection);
  });
});
