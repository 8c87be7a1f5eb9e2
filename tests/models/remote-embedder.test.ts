import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createRemoteEmbedder } from "@/lib/models/remote-embedder";

const OPTIONS = { timeoutMs: 5000, attempts: 3, firstRetryDelayMs: 1 };

interface EmbeddingCall {
  readonly authorization: string | undefined;
  readonly body: { model: string; input: string[] };
}

type Answer = (call: EmbeddingCall, response: ServerResponse, number: number) => void;

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A real endpoint on this machine that answers as the test says. */
async function endpoint(answer: Answer) {
  const calls: EmbeddingCall[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks = await request.toArray();
    const call = {
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    calls.push(call);
    answer(call, response, calls.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close().closeAllConnections());
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    config: { url: `http://127.0.0.1:${port}/v1`, model: "tiny", key: "secret", dimensions: 2 },
  };
}

/** The first number of a vector is the length of its text; rows are sent last one first. */
const lengths: Answer = ({ body }, response) => {
  const rows = body.input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse();
  response.end(JSON.stringify({ data: rows }));
};

describe("the remote embedder", () => {
  it("returns unit vectors in the order of the texts, over several calls, and says how far it is", async () => {
    const { calls, config } = await endpoint(lengths);
    const texts = Array.from({ length: 70 }, (_, i) => "x".repeat(i + 1));
    const progress: number[] = [];
    const vectors = await createRemoteEmbedder(config, OPTIONS).embed(texts, (done) => progress.push(done));
    vectors.forEach((vector, i) => {
      expect((vector[0] ?? 0) / (vector[1] ?? 1)).toBeCloseTo(i + 1, 3);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
    });
    expect(progress).toEqual([64, 70]);
    expect(
      calls.every(({ authorization, body }) => authorization === "Bearer secret" && body.model === "tiny"),
    ).toBe(true);
  });

  it("tries again when the endpoint is busy", async () => {
    const { calls, config } = await endpoint((call, response, number) => {
      if (number < 3) response.writeHead(number === 1 ? 503 : 429).end("busy");
      else lengths(call, response, number);
    });
    await expect(createRemoteEmbedder(config, OPTIONS).embed(["abc"])).resolves.toHaveLength(1);
    expect(calls).toHaveLength(3);
  });

  it("gives up at once on a refused key and quotes the endpoint", async () => {
    const { calls, config } = await endpoint((_, response) => response.writeHead(401).end("bad key"));
    await expect(createRemoteEmbedder(config, OPTIONS).embed(["abc"])).rejects.toThrow(/401: bad key/);
    expect(calls).toHaveLength(1);
  });

  it("stops waiting for an endpoint that does not answer", async () => {
    const { calls, config } = await endpoint(() => undefined);
    const embedder = createRemoteEmbedder(config, { ...OPTIONS, timeoutMs: 30 });
    await expect(embedder.embed(["abc"])).rejects.toThrow(/after 3 tries: no answer within 30 ms/);
    expect(calls).toHaveLength(3);
  });

  it("refuses vectors of another length than configured and names the setting", async () => {
    const { config } = await endpoint(lengths);
    const embedder = createRemoteEmbedder({ ...config, dimensions: 3 }, OPTIONS);
    await expect(embedder.embed(["abc"])).rejects.toThrow(
      /2 numbers instead of 3.*PALIMPSEST_EMBED_DIMENSIONS/,
    );
  });

  it.each([
    ["an answer that is no JSON", "<html>"],
    ["an answer without rows", "{}"],
    ["a row that is no list of numbers", '{"data":[{"index":0,"embedding":[1,null]}]}'],
    ["a missing row", '{"data":[]}'],
  ])("refuses %s", async (_, body) => {
    const { config } = await endpoint((_call, response) => void response.end(body));
    await expect(createRemoteEmbedder(config, OPTIONS).embed(["abc"])).rejects.toThrow(/embedding endpoint/);
  });
});
