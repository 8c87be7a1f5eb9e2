/** A text whose vector is stored is not given to the model again; an import of what was taken back would wait for hours. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { revert } from "@/lib/commands/revert";
import { replaceEmbedder } from "@/lib/models/embedder";
import { createRemoteEmbedder } from "@/lib/models/remote-embedder";
import { allEmbedded, liveIndex } from "@/lib/search/live-index";
import { freshWorkspace } from "../support/workspace";

const DIMENSIONS = 4;
/** More than are taken in one by one. */
const MANY = 250;
let embedded: string[] = [];

/** A real endpoint that notes what it is given. */
const server = createServer(async (request, response) => {
  const { input } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { input: string[] };
  embedded.push(...input);
  const data = input.map((text, index) => ({ index, embedding: [text.length, 1, 1, 1] }));
  response.end(JSON.stringify({ data }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a TCP port
  const url = `http://127.0.0.1:${port}/v1`;
  replaceEmbedder(createRemoteEmbedder({ url, model: "lengths", key: null, dimensions: DIMENSIONS }));
});
afterAll(() => {
  replaceEmbedder(null);
  server.close().closeAllConnections();
});

it("many texts that were here before need no model when they come again", { timeout: 30_000 }, async () => {
  const { owner } = await freshWorkspace();
  await liveIndex(owner.workspaceId);
  const texts = Array.from({ length: MANY }, (_, i) => ({ content: `Note ${i} of the harbour` }));
  const first = await createMemories(owner, texts);
  await allEmbedded(owner.workspaceId);
  expect(embedded.length).toBeGreaterThanOrEqual(MANY);
  await revert(owner, { groupId: first.groupId ?? "" });
  embedded = [];
  await createMemories(owner, [...texts, { content: "A note that is new" }]);
  await allEmbedded(owner.workspaceId);
  expect(embedded).toEqual([expect.stringContaining("A note that is new")]);
  expect((await liveIndex(owner.workspaceId)).waiting.size).toBe(0);
});
