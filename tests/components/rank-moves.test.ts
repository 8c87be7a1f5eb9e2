import { describe, expect, it } from "vitest";
import { describeMove, movedOnly, rankMoves } from "@/components/ui/rank-moves";

describe("rank moves", () => {
  const moves = rankMoves(["a", "b", "c", "d"], ["c", "a", "e", "d"]);

  it("follow the new list, then name who left", () => {
    expect(moves.map((move) => [move.id, move.kind])).toEqual([
      ["c", "up"],
      ["a", "down"],
      ["e", "entered"],
      ["d", "same"],
      ["b", "left"],
    ]);
  });
  it("are said in words", () => {
    expect(moves.map(describeMove)).toEqual([
      "Rises from 3 to 1",
      "Falls from 1 to 2",
      "Enters at 3",
      "Stays at 4",
      "Leaves, was 2",
    ]);
  });
  it("are sorted by size, who comes or goes first, without who stays", () => {
    expect(movedOnly(moves).map((move) => move.id)).toEqual(["e", "b", "c", "a"]);
  });
});
