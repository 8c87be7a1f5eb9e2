/** GET and PATCH /parameters: tunables with their ranges, each move a change that can be taken back. */
import { beforeEach, describe, expect, it } from "vitest";

import { PARAMETER_NAMES } from "@/lib/domain/parameters";
import { only, tenant, type Tenant } from "../support/tenant";

const NAME = "learning.verdict.weight";
let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const set = async (value: number, more: object = {}) =>
  (await t.owner.patch(`/parameters/${NAME}`, { value, ...more })).as("parameters.set");
const listed = async () => (await t.owner.get("/parameters")).as("parameters.list").items;
const valueNow = async () => (await listed()).find((p) => p.name === NAME)?.value;

describe("parameters", () => {
  it("are all listed with their range, and stand at their defaults in a new workspace", async () => {
    const items = await listed();
    expect(items.map((p) => p.name)).toEqual(PARAMETER_NAMES);
    for (const p of items) expect(p).toMatchObject({ value: p.default, seq: 0, changedBy: null });
  });

  it("are tuned by a change, and the previous value is in force when it is taken back", async () => {
    const first = await set(4, { reason: "try more" });
    expect(first.parameter).toMatchObject({ value: 4, default: 2, seq: 1 });
    const second = await set(6);
    await t.revert({ changeIds: [only(second.changes).id] });
    expect(await valueNow()).toBe(4);
    await t.revert({ changeIds: [only(first.changes).id] });
    expect(await valueNow()).toBe(2);
  });

  it("move what is learned from then on, and nothing that was recorded", async () => {
    const memory = await t.remember("weighed");
    const judged = { memories: [{ memoryId: memory.id, verdict: "helpful" }] };
    await t.owner.post("/signals", judged);
    await set(4);
    await t.owner.post("/signals", judged);
    expect((await t.read(memory.id)).evidence.alpha).toBe(3);
  });

  it("set to what they are change nothing", async () => {
    expect((await set(2)).changes).toEqual([]);
  });

  it.each([[-0.1], [10.5], [1e9]])("refuse %d, out of range, by its field", async (value) => {
    const found = (await t.owner.patch(`/parameters/${NAME}`, { value })).problem("invalid_input");
    expect(only(found.errors).path).toBe("value");
    expect(found.detail).toContain("0 to 10");
    expect(await valueNow()).toBe(2);
  });

  it.each([["nonsense"], ["toString"], ["constructor"], ["__proto__"]])("do not know %s", async (name) => {
    (await t.owner.patch(`/parameters/${name}`, { value: 1 })).problem("not_found");
  });

  it("refuse a value that somebody moved in between", async () => {
    const { parameter } = await set(3);
    await set(5);
    const found = (
      await t.owner.patch(`/parameters/${NAME}`, { value: 7, expectedSeq: parameter.seq })
    ).problem("conflict");
    expect(found.seq).toBe(2);
    expect((await set(7, { expectedSeq: 2 })).parameter.value).toBe(7);
  });
});
