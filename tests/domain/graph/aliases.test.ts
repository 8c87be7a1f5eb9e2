import { describe, expect, it } from "vitest";
import { clustersOf } from "@/lib/domain/graph/aliases";

const clusters = (meant: Record<string, string>) =>
  Object.fromEntries(clustersOf(new Map(Object.entries(meant))));

describe("names of one entity", () => {
  it("are all led by the one that the others mean, over any number of steps", () => {
    const all = ["robert smith", "bob", "robert"];
    expect(clusters({ bob: "robert", robert: "robert smith" })).toEqual({
      bob: all,
      robert: all,
      "robert smith": all,
    });
  });

  it("stand apart from those of another one", () => {
    expect(clusters({ bob: "robert", kate: "catherine" })).toEqual({
      bob: ["robert", "bob"],
      robert: ["robert", "bob"],
      kate: ["catherine", "kate"],
      catherine: ["catherine", "kate"],
    });
  });

  it("are led by the first of a ring, from wherever one looks", () => {
    const all = ["a", "b", "c", "z"];
    expect(clusters({ c: "b", b: "a", a: "c", z: "b" })).toEqual({ a: all, b: all, c: all, z: all });
  });
});
