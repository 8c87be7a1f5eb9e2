/** POST /memories/{id}/purge: the one thing that cannot be undone, and what is left afterwards. */
import { beforeAll, describe, expect, it } from "vitest";

import { getEmbedder } from "@/lib/models/embedder";
import { embedAndStore } from "@/lib/search/embeddings";
import { inWorkspace } from "@/lib/store/prisma";
import { columnsHolding } from "../support/text-columns";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
});

const purge = async (id: string) =>
  (await t.owner.post(`/memories/${id}/purge`, { confirm: id })).as("memories.purge");
const holding = (words: string) => columnsHolding(t.workspace.workspaceId, words);

describe("an erasure", () => {
  it("takes the words out of every table, and everything still verifies", async () => {
    const key = { "idempotency-key": "made-before-the-purge" };
    const body = {
      content: "Zyzzogeton is the password",
      tags: ["zyzzogeton-tag"],
      metadata: { zyzzogeton: { note: "zyzzogeton inside" } },
      source: { speaker: "Zyzzogeton Smith", ref: "zyzzogeton-ref" },
    };
    const { memory } = (await t.owner.post("/memories", body, key)).as("memories.create");
    await t.owner.patch(`/memories/${memory.id}`, {
      content: "Zyzzogeton was the password",
      reason: "zyzzogeton changed",
    });
    await t.owner.patch(`/memories/${memory.id}`, { tags: ["zyzzogeton-2"], metadata: { z: "zyzzogeton" } });
    const other = await t.remember("Nothing to hide");
    const merged = (await t.owner.post("/merges", { sources: [memory.id, other.id] })).as("merges.create");
    await t.recall("what is it");
    await t.owner.post("/signals", { memories: [{ memoryId: memory.id, verdict: "helpful" }] });
    await t.revert({ groupId: merged.merge.groupId });
    expect(await holding("zyzzogeton")).toEqual(
      expect.arrayContaining(["ChangeText.texts", "Memory.content"]),
    );
    const { erased, texts } = await purge(memory.id);
    expect(erased).toBe(memory.id);
    expect(texts).toBeGreaterThanOrEqual(4);
    expect(await holding("zyzzogeton")).toEqual([]);
    await t.head();
    const exported = await t.owner.get("/export");
    expect(exported.text.toLowerCase()).not.toContain("zyzzogeton");
  });

  it("takes the vectors of every version with it, and leaves those of others", async () => {
    const { memory } = (await t.owner.post("/memories", { content: "first version" })).as("memories.create");
    await t.owner.patch(`/memories/${memory.id}`, { content: "second version" });
    await embedAndStore(t.workspace.workspaceId, ["first version", "second version", "unrelated"], {
      embedder: await getEmbedder(),
      onBatch: async () => undefined,
    });
    const vectors = () =>
      inWorkspace(t.workspace.workspaceId, async (tx) => {
        const rows = await tx.$queryRaw<{ text: string }[]>`
          SELECT x."text" FROM "Embedding" e JOIN unnest(ARRAY['first version', 'second version', 'unrelated']) AS x("text")
            ON e."textHash" = sha256(convert_to(x."text", 'UTF8')) ORDER BY 1`;
        return rows.map((row) => row.text);
      });
    expect(await vectors()).toEqual(["first version", "second version", "unrelated"]);
    await purge(memory.id);
    expect(await vectors()).toEqual(["unrelated"]);
  });

  it("answers 410 from then on, whatever is asked of the memory", async () => {
    const { id } = await t.remember("soon gone");
    const other = await t.remember("still there");
    await purge(id);
    const requests = [
      t.owner.get(`/memories/${id}`),
      t.owner.get(`/memories/${id}?asOf=1`),
      t.owner.patch(`/memories/${id}`, { pinned: true }),
      t.owner.delete(`/memories/${id}`),
      t.owner.post(`/memories/${id}/purge`, { confirm: id }),
      t.owner.post("/signals", { memories: [{ memoryId: id, verdict: "helpful" }] }),
      t.owner.post("/merges", { sources: [id, other.id] }),
    ];
    for (const answer of await Promise.all(requests)) answer.problem("erased");
  });

  it("cannot be reverted, and nothing of the memory can", async () => {
    const made = (await t.owner.post("/memories", { content: "never again" })).as("memories.create");
    const { id } = made.memory;
    await t.owner.patch(`/memories/${id}`, { content: "really never again" });
    const { changeId } = await purge(id);
    const before = await t.head();
    (await t.owner.post("/reverts", { changeIds: [changeId] })).problem("not_reversible");
    (await t.owner.post("/reverts", { changeIds: [only(made.changes).id] })).problem("erased");
    expect(await t.head()).toEqual(before);
    const selected = await t.revert({ select: { targetId: id } });
    expect(selected.reverted).toEqual([]);
    expect(selected.erased).toHaveLength(2);
    (await t.owner.get(`/memories/${id}`)).problem("erased");
  });

  it("comes back by no other undo, also not by that of a group it was in", async () => {
    const items = [{ content: "kept of the group" }, { content: "erased of the group" }];
    const batch = (await t.owner.post("/memories/batch", { items })).as("memories.createMany");
    const erased = batch.items[1]?.memory?.id ?? "";
    await purge(erased);
    const gone = await t.revert({ groupId: batch.groupId });
    expect(gone).toMatchObject({ reverted: [expect.any(String)], erased: [expect.any(String)] });
    await t.revert({ groupId: gone.groupId });
    expect((await t.read(batch.items[0]?.memory?.id ?? "")).content).toBe("kept of the group");
    (await t.owner.get(`/memories/${erased}`)).problem("erased");
  });

  it("has to be confirmed by the memory's id", async () => {
    const { id } = await t.remember("unconfirmed");
    const found = (await t.owner.post(`/memories/${id}/purge`, { confirm: "yes" })).problem("invalid_input");
    expect(only(found.errors).path).toBe("confirm");
    expect((await t.read(id)).content).toBe("unconfirmed");
  });

  it("leaves the words to be remembered anew, as another memory", async () => {
    const { id } = await t.remember("said twice");
    await purge(id);
    expect((await t.remember("said twice")).id).not.toBe(id);
  });
});
