/** Long texts are found by what they say in passing, from the moment they are embedded until they are erased. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { updateMemory } from "@/lib/commands/update-memory";
import { recall } from "@/lib/queries/recall";
import { vectorsStored } from "@/lib/search/embeddings";
import { passagesOf } from "@/lib/domain/recall/passages";
import { inWorkspace } from "@/lib/store/prisma";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

const TALK =
  "Could you suggest a few quiet places in the mountains where we might spend a long weekend with the children? We would go by train and like to walk.";
const ASIDE = "By the way, our cat Miso was at the vet because of her left ear.";
const LONG = `${TALK} ${ASIDE}`;

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const remember = async (content: string) => (await createMemory(workspace.owner, { content })).memory.id;
const similarity = async (id: string, query = "What was wrong with the cat's ear?") => {
  const { results } = await recall(workspace.owner, { query, dryRun: true });
  return results.find((r) => r.memory.id === id)?.parts.similarity ?? null;
};
/** As after a restart: the next recall reads everything from the database. */
const forgetIndexes = () =>
  // The name under which the process keeps them.
  (globalThis as { palimpsestIndexes?: Map<unknown, unknown> }).palimpsestIndexes?.clear();
const stored = async () => {
  await vectorsStored();
  return inWorkspace(
    workspace.workspaceId,
    (tx) =>
      tx.$queryRaw<
        { vector: number; passages: number }[]
      >`SELECT length("vector") AS "vector", length("passages") AS "passages" FROM "Embedding"`,
  );
};

describe("a long text", () => {
  it("is nearer to a question about what it says in passing than its whole is", async () => {
    const id = await remember(LONG);
    const near = await similarity(id);
    const whole = await recall(workspace.owner, {
      query: "What was wrong with the cat's ear?",
      dryRun: true,
      parameters: { "recall.weight.similarity": 0.65, "recall.weight.passage": 0 },
    });
    expect(near).toBeGreaterThan((whole.results[0]?.parts.similarity ?? 1) + 0.1);
  });

  it("keeps a vector per passage beside its own, which an index made later reads back", async () => {
    const id = await remember(LONG);
    const near = await similarity(id);
    const [row] = await stored();
    expect(row?.passages).toBe((row?.vector ?? 0) * passagesOf(LONG).length);
    forgetIndexes();
    expect(await similarity(id)).toBe(near);
  });

  it("has its passages computed where a store from before has none", async () => {
    const id = await remember(LONG);
    const near = await similarity(id);
    await inWorkspace(workspace.workspaceId, (tx) => tx.$executeRaw`UPDATE "Embedding" SET "passages" = ''`);
    forgetIndexes();
    expect(await similarity(id)).toBe(near);
    expect((await stored())[0]?.passages).toBeGreaterThan(0);
  });

  it("is found by its passages again when an edit of it is taken back to the same words", async () => {
    const id = await remember(LONG);
    const near = await similarity(id);
    await updateMemory(workspace.owner, { id, content: TALK });
    expect(await similarity(id)).toBeLessThan(near ?? 0);
    await updateMemory(workspace.owner, { id, content: LONG });
    expect(await similarity(id)).toBe(near);
  });

  it("leaves no vector of a passage behind when it is erased", async () => {
    const id = await remember(LONG);
    await similarity(id);
    expect(await stored()).toHaveLength(1);
    await purgeMemory(workspace.owner, { id, confirm: id });
    expect(await stored()).toEqual([]);
    expect(await similarity(id)).toBeNull();
  });
});
