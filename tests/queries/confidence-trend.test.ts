/** How a memory's confidence came to be: the points, the forecast and the waterfall agree with the memory itself. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { confidenceTrend } from "@/lib/queries/confidence-trend";
import { getMemory } from "@/lib/queries/memory";
import { ids, merge, observe, revertAll } from "../support/acts";
import { answered, refusal } from "../support/answers";
import { DAY, freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const create = async (content: string) => (await createMemory(workspace.owner, { content })).memory.id;
const trend = async (id: string, points?: number) =>
  answered("memories.confidence", await confidenceTrend(workspace.owner, { id, points }));
const confidenceOf = async (id: string) => (await getMemory(workspace.owner, { id })).memory.confidence;

/** What has to hold for any memory: the trend ends where the memory is, and the waterfall adds up to it. */
async function expectAgreement(id: string) {
  const { points, waterfall } = await trend(id);
  const now = await confidenceOf(id);
  expect(points.at(-1)).toMatchObject({ op: "now", changeId: null, confidence: now });
  expect(waterfall.at(-1)).toMatchObject({ label: "Now", confidence: now });
  const sum = waterfall.reduce((total, { delta }) => total + delta, waterfall[0]?.confidence ?? 0);
  expect(sum).toBeCloseTo(now, 12);
  for (const p of points) expect(p.low < p.confidence && p.confidence < p.high).toBe(true);
  return { points, waterfall };
}

describe("the trend of a memory's confidence", () => {
  it("begins with the prior and has a point per observation, read by the clock of its time", async () => {
    const { owner, clock } = workspace;
    const id = await create("tea");
    const first = await observe(owner, id, [2_000_000, 0]);
    clock.advance(180 * DAY);
    const second = await observe(owner, id, [0, 1_000_000]);
    const { points } = await expectAgreement(id);
    expect(points.map((p) => [p.op, p.changeId, p.seq])).toEqual([
      ["create", expect.any(String), 1],
      ["observe", first.id, 2],
      ["observe", second.id, 3],
      ["now", null, 3],
    ]);
    expect(points.map((p) => p.confidence)).toEqual([2 / 4, 4 / 6, 3 / 6, 3 / 6]);
  });

  it("leaves out what was taken back, as if it had never been observed", async () => {
    const { owner } = workspace;
    const id = await create("tea");
    const wrong = await observe(owner, id, [0, 5_000_000]);
    await observe(owner, id, [1_000_000, 0]);
    await revertAll(owner, [wrong.id]);
    const { points } = await expectAgreement(id);
    expect(points.map((p) => p.confidence)).toEqual([2 / 4, 3 / 5, 3 / 5]);
  });

  it("of a merge's result holds its members' observations by reference, and gives them back when the merge is undone", async () => {
    const { owner } = workspace;
    const [one, two] = [await create("one"), await create("two")];
    await observe(owner, one, [1_000_000, 0]);
    const { result, changes } = await merge(owner, [one, two], "both");
    await observe(owner, result, [3_000_000, 0], {
      shares: { [one]: [1_000_000, 0], [two]: [2_000_000, 0] } as never,
    });
    await observe(owner, two, [0, 1_000_000]);
    const whole = await expectAgreement(result);
    expect(whole.points.map((p) => p.op)).toEqual(["merge", "observe", "observe", "observe", "now"]);
    for (const id of [one, two]) await expectAgreement(id);
    await revertAll(owner, ids(changes.slice(0, 1)));
    const [first, second] = [await expectAgreement(one), await expectAgreement(two)];
    expect(first.points.at(-1)?.confidence).toBe(4 / 6);
    expect(second.points.at(-1)?.confidence).toBe(4 / 7);
    expect((await refusal(trend(result))).code).toBe("not_found");
  });

  it("gives at most as many points as are asked for, the first and the last among them", async () => {
    const { owner, clock } = workspace;
    const id = await create("tea");
    for (let i = 0; i < 30; i += 1) {
      await observe(owner, id, [100_000, 0]);
      clock.advance(DAY);
    }
    const [all, few] = [(await trend(id)).points, (await trend(id, 5)).points];
    expect(all).toHaveLength(32);
    expect(few).toHaveLength(5);
    expect([few[0], few[4]]).toEqual([all[0], all[31]]);
    for (const point of few) expect(all).toContainEqual(point);
  });

  it("of an unknown memory is not found", async () => {
    expect((await refusal(trend("x"))).code).toBe("not_found");
  });
});

describe("the forecast", () => {
  it("spans half a year and drifts from what was observed towards the prior, while the memory becomes less present", async () => {
    const id = await create("tea");
    await observe(workspace.owner, id, [8_000_000, 0]);
    const { forecast } = await trend(id);
    expect(forecast).toHaveLength(12);
    expect(Date.parse(forecast[11]?.at ?? "") - workspace.clock.now()).toBe(180 * DAY);
    expect(forecast[11]?.confidence).toBeCloseTo((2 + 4) / (4 + 4), 6);
    for (const key of ["confidence", "accessibility"] as const) {
      const values = forecast.map((p) => p[key]);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
  });
});

describe("the waterfall", () => {
  it("has a step per observation, then what fading took back", async () => {
    const { owner, clock } = workspace;
    const id = await create("tea");
    const seen = await observe(owner, id, [4_000_000, 0]);
    clock.advance(180 * DAY);
    const { waterfall } = await expectAgreement(id);
    expect(waterfall).toMatchObject([
      { label: "Before any outcome", confidence: 0.5 },
      { label: "Reinforced by 4.00", changeId: seen.id, confidence: 6 / 8 },
      { label: "Faded since then", confidence: 4 / 6 },
      { label: "Now" },
    ]);
  });

  it("puts the observations of a day together when there are many", async () => {
    const { owner, clock } = workspace;
    const id = await create("tea");
    for (let i = 0; i < 45; i += 1) {
      await observe(owner, id, i % 3 === 0 ? [0, 100_000] : [100_000, 0]);
      if (i % 15 === 14) clock.advance(DAY);
    }
    const { waterfall } = await expectAgreement(id);
    expect(waterfall.slice(1, -2).map((s) => s.label)).toEqual([
      "15 outcomes on 2026-10-01",
      "15 outcomes on 2026-10-02",
      "15 outcomes on 2026-10-03",
    ]);
  });
});
