/** That the remedy of "why not" is one: what it promises comes about, and what it does not promise would not have. */
import { beforeAll, describe, expect, it } from "vitest";

import { tenant, type Tenant } from "../support/tenant";

const QUERY = "Where does the grey cat sleep at night?";
const CONTENTS = [
  "The grey cat sleeps at night on the stove",
  "At night the grey cat sleeps in the blue basket",
  "The cat has a basket",
  "A grey blanket lies in the basket beside the stove",
  "The dog sleeps in the garden",
  "The night train to Rome leaves at nine",
  "Tax returns are due in May",
];
/** As many as a promise may ask for. */
const MOST = 3;

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
  for (const content of CONTENTS) await t.remember(content);
});

const look = async (target: string, limit: number) => {
  const { explanation } = await t.recall(QUERY, { limit, target, explain: true, dryRun: true });
  const told = explanation?.target;
  if (!told) throw new Error("nothing was told of the target");
  return told;
};
const promised = (remedy: string): number | null => {
  const [found, times] = /^judge it helpful for this question(?:, (\d) times)?:/u.exec(remedy) ?? [];
  return found === undefined ? null : Number(times ?? 1);
};

/** Whether the target is shown after so many verdicts, which are taken back again. */
async function shownAfter(verdicts: number, target: string, limit: number): Promise<boolean> {
  const { retrievalId } = await t.recall(QUERY, { limit });
  const made: string[] = [];
  for (let i = 0; i < verdicts; i += 1) {
    const body = { retrievalId, memories: [{ memoryId: target, verdict: "helpful" }] };
    made.push(...(await t.owner.post("/signals", body)).as("signals.create").changes.map((c) => c.id));
  }
  const { found } = await look(target, limit);
  if (made.length > 0) await t.revert({ changeIds: made });
  return found;
}

describe("why a memory is not shown", () => {
  it("promises that a verdict helps exactly where it does, and after no fewer than it says", async () => {
    const order = (await t.recall(QUERY, { limit: 20, dryRun: true })).results.map((r) => r.memory.id);
    const promises: (number | null)[] = [];
    for (const [at, target] of order.entries())
      for (const limit of [1, 3].filter((one) => one <= at)) {
        const verdicts = promised((await look(target, limit)).remedy);
        promises.push(verdicts);
        const where = `rank ${at + 1} of ${limit} shown, ${String(verdicts)} promised`;
        if (verdicts !== null) expect(await shownAfter(verdicts, target, limit), where).toBe(true);
        expect(await shownAfter((verdicts ?? MOST + 1) - 1, target, limit), where).toBe(false);
      }
    expect(promises.some((p) => p !== null)).toBe(true);
    expect(promises).toContain(null);
  });
});
