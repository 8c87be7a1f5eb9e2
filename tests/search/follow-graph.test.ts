/** That names come and go with the live texts: read once, kept under the text's hash, and gone when the text is. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { createWinkExtractor } from "@/lib/models/wink-extractor";
import { replaceExtractor, type Extractor } from "@/lib/models/extractor";
import { sha256 } from "@/lib/store/digest";
import { inWorkspace } from "@/lib/store/prisma";
import { storeExtractions } from "@/lib/store/extractions";
import { liveIndex } from "@/lib/search/live-index";
import { subscribe } from "@/lib/store/feed";
import { allRead, followGraph, leftToRead } from "@/lib/search/follow-graph";
import { createWorkspaceIndex, type WorkspaceIndex } from "@/lib/search/workspace-index";
import { memoryId, millis } from "@/lib/domain/ids";
import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
});
afterEach(() => replaceExtractor(null));

const workspaceId = () => t.workspace.workspaceId;

/** Ids of the memories that the live index knows by a name. */
async function holders(name: string): Promise<string[]> {
  const { index } = await liveIndex(workspaceId());
  const entity = index.graph.find(name);
  return entity === undefined
    ? []
    : index.graph.memoriesOf(entity).flatMap(({ to }) => index.memories[to]?.id ?? []);
}

const storedFor = (content: string) =>
  inWorkspace(
    workspaceId(),
    (tx) => tx.$queryRaw<{ extractor: string }[]>`
    SELECT "extractor" FROM "Extraction" WHERE "workspaceId" = ${workspaceId()}::uuid AND "textHash" = ${sha256(content)}`,
  );

/** The rules, counting how many texts they are given. */
function counting(version: string, isInstant = true): Extractor & { texts: number } {
  const rules = createWinkExtractor();
  const extractor = {
    version,
    isInstant,
    texts: 0,
    extract: (texts: readonly string[]) => {
      extractor.texts += texts.length;
      return rules.extract(texts);
    },
  };
  return extractor;
}

const text = (content: string, id = "00000000-0000-7000-8000-00000000000a") => ({
  id: memoryId(id),
  content,
  textHash: Buffer.from(sha256(content)).toString("base64"),
});

/** An index of its own that holds these texts and no vectors. */
async function indexWith(texts: readonly ReturnType<typeof text>[]): Promise<WorkspaceIndex> {
  const index = createWorkspaceIndex(4);
  const at = millis(Date.UTC(2026, 1, 1));
  const plain = {
    kind: "fact",
    tags: [],
    scope: {},
    speaker: null,
    validAt: at,
    invalidAt: null,
    createdAt: at,
    superseded: false,
    evidence: {},
    vector: null,
  } as const;
  for (const one of texts) await index.upsert({ ...one, ...plain });
  return index;
}

describe("the names of a memory", () => {
  it("appear with it, change with an edit, vanish with a deletion and come back with its revert", async () => {
    const { id } = await t.remember("Wanda Quirrel moved to Setubor");
    expect(await holders("wanda quirrel")).toEqual([id]);
    await t.owner.patch(`/memories/${id}`, { content: "Bruno Quirrel moved to Setubor" });
    expect([
      await holders("wanda quirrel"),
      await holders("bruno quirrel"),
      await holders("setubor"),
    ]).toEqual([[], [id], [id]]);
    const { changes } = (await t.owner.delete(`/memories/${id}`)).as("memories.delete");
    expect(await holders("setubor")).toEqual([]);
    await t.revert({ changeIds: changes.map((change) => change.id) });
    expect(await holders("setubor")).toEqual([id]);
  });

  it("lead a recall from what matches to what shares a rare name with it", async () => {
    await t.remember("The lighthouse keeper's prize was won by Tamsin Oakhollow in the spring regatta");
    const { id } = await t.remember("Tamsin Oakhollow plays the bassoon");
    const { results } = (
      await t.owner.post("/recall", {
        query: "What instrument is played by who won the lighthouse keeper's prize in the spring regatta?",
      })
    ).as("recall");
    const found = results.find((result) => result.memory.id === id);
    expect(found?.routes).toContain("graph");
    expect(found?.parts.graph).toBeGreaterThan(0);
  });

  it("are erased with its text", async () => {
    const content = "Ottoline Vexley keeps a ferret";
    const { id } = await t.remember(content);
    expect(await holders("ottoline vexley")).toEqual([id]);
    await allRead((await liveIndex(workspaceId())).index);
    expect(await storedFor(content)).toHaveLength(1);
    await t.owner.post(`/memories/${id}/purge`, { confirm: id });
    expect(await storedFor(content)).toEqual([]);
    expect(await holders("ottoline vexley")).toEqual([]);
  });

  it("are not kept when the text is erased before they are written", async () => {
    const content = "Ottoline Brackwater keeps a stoat";
    const { id } = await t.remember(content);
    expect(await holders("ottoline brackwater")).toEqual([id]);
    const { index } = await liveIndex(workspaceId());
    await t.owner.post(`/memories/${id}/purge`, { confirm: id });
    await storeExtractions(workspaceId(), "late", [
      { textHash: text(content).textHash, extraction: { mentions: [], relations: [] }, of: memoryId(id) },
    ]);
    await allRead(index);
    expect(await storedFor(content)).toEqual([]);
  });
});

describe("a text", () => {
  it("is read once by each extractor, and what an earlier one read serves until it is read again", async () => {
    const one = text("Perpetua Snook lives in Faroal");
    const first = counting("first", false);
    let release = () => {};
    const answers = new Promise<void>((resolve) => (release = resolve));
    const rules = createWinkExtractor();
    const second: Extractor = {
      version: "second",
      isInstant: false,
      extract: (texts) => answers.then(() => rules.extract(texts)),
    };
    const read = async (extractor: Extractor) => {
      replaceExtractor(extractor);
      const index = await indexWith([one]);
      await followGraph(workspaceId(), index, [one]);
      return index;
    };
    await allRead(await read(first));
    await allRead(await read(first));
    expect(first.texts).toBe(1);
    const index = await read(second);
    expect([index.graph.find("perpetua snook") !== undefined, leftToRead(index)]).toEqual([true, 1]);
    release();
    await allRead(index);
    expect([index.graph.find("perpetua snook") !== undefined, leftToRead(index)]).toEqual([true, 0]);
    expect(await storedFor(one.content)).toEqual([{ extractor: "second" }]);
  });

  it("is read beside the work when there are many, and says how far it is", async () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      text(`Aurelio Number${i} of Faroal`, `00000000-0000-7000-8000-${String(i).padStart(12, "0")}`),
    );
    replaceExtractor(counting("many"));
    const index = await indexWith(many);
    const steps: unknown[] = [];
    const stop = subscribe(workspaceId(), ({ data }) => steps.push(data));
    await followGraph(workspaceId(), index, many);
    expect(leftToRead(index)).toBeGreaterThan(0);
    await allRead(index);
    stop();
    expect(steps.at(-1)).toEqual({ job: "entities", done: 300, total: 300 });
    expect(index.graph.sizeOf(index.graph.find("faroal") ?? -1)).toBe(300);
  });

  it("waits while its extractor does not answer, and the others are found without it", async () => {
    const one = text("Lucasta Brine of Faroal");
    replaceExtractor({ version: "away", isInstant: true, extract: () => Promise.reject(new Error("away")) });
    const index = await indexWith([one]);
    await followGraph(workspaceId(), index, [one]);
    expect([index.graph.size, leftToRead(index)]).toEqual([0, 1]);
  });
});

it("what outcomes say of two memories used together is a bond, which a revert takes away", async () => {
  const [a, b] = [
    await t.remember("The kettle whistles at seven"),
    await t.remember("Breakfast is after the whistle"),
  ];
  const { retrievalId } = (await t.owner.post("/recall", { query: "kettle breakfast" })).as("recall");
  const { changes } = (await t.owner.post("/signals", { retrievalId, outcome: 1, used: [a.id, b.id] })).as(
    "signals.create",
  );
  const bonds = async () => {
    const { index } = await liveIndex(workspaceId());
    return [...index.graph.bondsOf(memoryId(a.id)).keys()];
  };
  expect(await bonds()).toEqual([b.id]);
  await t.revert({ changeIds: changes.map((change) => change.id) });
  expect(await bonds()).toEqual([]);
});
