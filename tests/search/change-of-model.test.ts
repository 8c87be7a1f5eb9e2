/** A store that was embedded by the built-in model and is opened by another one: the old vectors serve until the new are there. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { getEmbedder, replaceEmbedder, type Embedder } from "@/lib/models/embedder";
import { createRemoteEmbedder } from "@/lib/models/remote-embedder";
import { recall } from "@/lib/queries/recall";
import { allEmbedded, liveIndex } from "@/lib/search/live-index";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

const DIMENSIONS = 16;
let other: Embedder;
/** Answers only once the gate is open, so that a test can look at the time in between. */
let open: () => void = () => undefined;
let gate: Promise<void> = Promise.resolve();

/** A real endpoint: counts of letters, so that equal texts are equal and others are not. */
const server = createServer(async (request, response) => {
  const { input } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { input: string[] };
  await gate;
  const data = input.map((text, index) => ({ index, embedding: lettersOf(text) }));
  response.end(JSON.stringify({ data }));
});

function lettersOf(text: string): number[] {
  const counts = new Array<number>(DIMENSIONS).fill(0.01);
  for (const letter of text.toLowerCase())
    counts[letter.charCodeAt(0) % DIMENSIONS] = (counts[letter.charCodeAt(0) % DIMENSIONS] ?? 0) + 1;
  return counts;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a TCP port
  other = createRemoteEmbedder({
    url: `http://127.0.0.1:${port}/v1`,
    model: "letters",
    key: null,
    dimensions: DIMENSIONS,
  });
});
afterEach(() => replaceEmbedder(null));
afterAll(() => server.close().closeAllConnections());

/** What a start of the server with another configuration does. */
function restartWith(embedder: Embedder): void {
  (globalThis as { palimpsestIndexes?: unknown }).palimpsestIndexes = undefined;
  replaceEmbedder(embedder);
}

const servingModel = async ({ workspaceId }: TestWorkspace) => (await liveIndex(workspaceId)).embedder?.model;

describe("a change of model", () => {
  it(
    "searches by the old vectors until every text and every judged question has a new one, then by the new",
    { timeout: 30_000 },
    async () => {
      const workspace = await freshWorkspace();
      const builtIn = await getEmbedder();
      const { memory } = await createMemory(workspace.owner, { content: "The heron fishes at dawn" });
      await createMemory(workspace.owner, { content: "The mill grinds at noon" });
      await allEmbedded(workspace.workspaceId);
      const asked = await recall(workspace.owner, { query: "When does the heron fish?" });
      await recordSignal(workspace.owner, {
        retrievalId: asked.retrievalId ?? "",
        memories: [{ memoryId: memory.id, verdict: "helpful" }],
      });

      gate = new Promise((resolve) => (open = resolve));
      restartWith(other);
      expect(await servingModel(workspace)).toBe(builtIn.model);
      const meanwhile = await recall(workspace.owner, { query: "When does the heron fish?" });
      expect(meanwhile.degraded).toEqual([]);
      expect(meanwhile.results[0]?.parts.similarity).toBeGreaterThan(0);

      await createMemory(workspace.owner, { content: "Written while both were at work" });
      open();
      for (let tries = 0; tries < 200 && (await servingModel(workspace)) !== other.model; tries += 1)
        await delay(50);
      expect(await servingModel(workspace)).toBe(other.model);
      await allEmbedded(workspace.workspaceId);
      const live = await liveIndex(workspace.workspaceId);
      expect(live.waiting.size).toBe(0);
      expect(live.index.vectors.dimensions).toBe(DIMENSIONS);
      expect(live.index.cues.questions).toBe(1);
      const after = await recall(workspace.owner, { query: "When does the heron fish?" });
      expect(after.results[0]?.memory.id).toBe(memory.id);
    },
  );

  it("leaves a store alone that holds the model's vectors already", async () => {
    const workspace = await freshWorkspace();
    restartWith(other);
    await createMemory(workspace.owner, { content: "The heron fishes at dawn" });
    await allEmbedded(workspace.workspaceId);
    restartWith(other);
    const live = await liveIndex(workspace.workspaceId);
    expect(live).toMatchObject({ moving: 0, embedder: { model: other.model } });
    expect(live.waiting.size).toBe(0);
  });
});
