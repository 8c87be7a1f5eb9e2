/** Idempotency keys: the same command twice is one change (law 14), also when both come at the same moment. */
import { beforeEach, describe, expect, it } from "vitest";

import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const key = (name: string) => ({ "idempotency-key": name });

describe("the same command twice", () => {
  it("is one change, and the second answer is the first, word for word", async () => {
    const body = { content: "said once", tags: ["x"] };
    const first = await t.owner.post("/memories", body, key("k"));
    const second = await t.owner.post("/memories", body, key("k"));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(JSON.parse(second.text)).toEqual(JSON.parse(first.text));
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect((await t.head()).seq).toBe(1);
  });

  it("at the same moment, many times over, is one change and one answer", async () => {
    const { id } = await t.remember("judged by many at once");
    const commands: [string, object][] = [
      ["/signals", { memories: [{ memoryId: id, verdict: "helpful" }] }],
      ["/memories", { content: "said at once" }],
      ["/memories/batch", { items: [{ content: "a" }, { content: "b" }] }],
    ];
    for (const [path, body] of commands) {
      const before = (await t.head()).seq;
      const answers = await Promise.all(Array.from({ length: 8 }, () => t.owner.post(path, body, key(path))));
      expect(new Set(answers.map((a) => JSON.stringify(JSON.parse(a.text)).length)).size, path).toBe(1);
      expect(
        answers.filter((a) => a.headers.get("idempotency-replayed") === null),
        path,
      ).toHaveLength(1);
      expect(
        answers.every((a) => a.status < 300),
        path,
      ).toBe(true);
      expect((await t.head()).seq - before, path).toBe(path === "/memories/batch" ? 2 : 1);
    }
    expect((await t.read(id)).evidence.alpha).toBe(1);
  });

  it("with a revert takes back once, and with a deletion deletes once", async () => {
    const { id } = await t.remember("deleted with a key");
    const [one, two] = [
      await t.owner.delete(`/memories/${id}`, key("d")),
      await t.owner.delete(`/memories/${id}`, key("d")),
    ];
    expect(JSON.parse(two.text)).toEqual(JSON.parse(one.text));
    const { changes } = one.as("memories.delete");
    const body = { changeIds: changes.map((c) => c.id) };
    await Promise.all([0, 1, 2].map(() => t.owner.post("/reverts", body, key("r"))));
    expect((await t.owner.get(`/changes/${changes[0]?.id ?? ""}`)).as("changes.get").revertedBy).toHaveLength(
      1,
    );
    await t.head();
  });
});

describe("a used key", () => {
  it("with another body, or for another operation, is refused and changes nothing", async () => {
    const { id } = (await t.owner.post("/memories", { content: "one" }, key("k"))).as(
      "memories.create",
    ).memory;
    const { seq } = await t.head();
    (await t.owner.post("/memories", { content: "two" }, key("k"))).problem("conflict");
    (await t.owner.patch(`/memories/${id}`, { content: "one" }, key("k"))).problem("conflict");
    expect((await t.head()).seq).toBe(seq);
  });

  it("is free again after a command that was refused or run dry", async () => {
    const { id, seq } = await t.remember("target");
    (await t.owner.patch(`/memories/${id}`, { pinned: true, expectedSeq: 0 }, key("k"))).problem("conflict");
    (await t.owner.patch(`/memories/${id}`, { pinned: true, expectedSeq: seq }, key("k"))).as(
      "memories.update",
    );
    const dry = { ids: [id], action: "archive" };
    await t.owner.post("/memories/bulk", { ...dry, dryRun: true }, key("b"));
    const done = (await t.owner.post("/memories/bulk", dry, key("b"))).as("memories.bulk");
    expect(done).toMatchObject({ dryRun: false, changed: 1 });
  });

  it("belongs to its workspace", async () => {
    const other = await tenant();
    await t.owner.post("/memories", { content: "here" }, key("shared"));
    const answer = await other.owner.post("/memories", { content: "there" }, key("shared"));
    expect(answer.as("memories.create").memory.content).toBe("there");
  });

  it("that is too long is refused by its name", async () => {
    const found = (await t.owner.post("/memories", { content: "x" }, key("k".repeat(201)))).problem(
      "invalid_input",
    );
    expect(found.errors[0]?.path).toBe("Idempotency-Key");
    expect((await t.head()).seq).toBe(0);
  });
});
