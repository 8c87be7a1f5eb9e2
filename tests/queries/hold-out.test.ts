/** That a hold-out split never has two wordings of one question on two sides. */
import { describe, expect, it } from "vitest";

import { holdOut, type Asked } from "@/lib/queries/export/hold-out";

const OPTIONS = { reach: 0.9, share: 0.2 };
const unit = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));
const asked = (key: string, more: Partial<Asked> = {}): Asked => ({
  key,
  text: `question ${key}`,
  vector: null,
  model: "m",
  ...more,
});

describe("a hold-out split", () => {
  it("keeps together what is near over several steps, though its ends are far apart", async () => {
    const chain = Array.from({ length: 12 }, (_, i) =>
      asked(`c${String(i).padStart(2, "0")}`, { vector: unit(i * 0.2) }),
    );
    const alone = Array.from({ length: 48 }, (_, i) => asked(`a${String(i).padStart(2, "0")}`));
    const splits = await holdOut([...chain, ...alone], OPTIONS);
    expect(new Set(chain.map(({ key }) => splits.get(key))).size).toBe(1);
    expect([...splits.values()].filter((split) => split === "test")).toHaveLength(12);
  });

  it("takes the same words for the same question, whatever their order, case and marks", async () => {
    const same = [asked("a", { text: "Where is Bo?" }), asked("z", { text: "bo IS where" })];
    const others = Array.from({ length: 8 }, (_, i) => asked(`m${i}`));
    const splits = await holdOut([...same, ...others], OPTIONS);
    expect(splits.get("a")).toBe(splits.get("z"));
  });

  it("does not depend on the order in which questions come, and compares no vectors of two models", async () => {
    const questions = Array.from({ length: 30 }, (_, i) =>
      asked(`k${i}`, { vector: unit(0), model: `m${i}` }),
    );
    const splits = await holdOut(questions, OPTIONS);
    expect(await holdOut([...questions].reverse(), OPTIONS)).toEqual(splits);
    expect([...splits.values()].filter((split) => split === "test")).toHaveLength(6);
  });
});
