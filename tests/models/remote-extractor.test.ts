import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createRemoteExtractor } from "@/lib/models/remote-extractor";

const OPTIONS = { timeoutMs: 5000, attempts: 3, firstRetryDelayMs: 1 };
const TEXT = "Ann moved to Annapolis. Ann likes Annapolis.";

interface ChatCall {
  readonly authorization: string | undefined;
  readonly body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format: { type: string };
  };
}
type Answer = (call: ChatCall, response: ServerResponse, number: number) => void;

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A real endpoint on this machine that answers as the test says. */
async function endpoint(answer: Answer) {
  const calls: ChatCall[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks = await request.toArray();
    calls.push({
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    });
    const call = calls.at(-1);
    if (call) answer(call, response, calls.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close().closeAllConnections());
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { calls, config: { url: `http://127.0.0.1:${port}/v1`, model: "tiny", key: "secret" } };
}

const says = (content: unknown) => (_call: ChatCall, response: ServerResponse) =>
  void response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify(content) } }] }));

const GOOD = {
  entities: [
    { name: "Ann", type: "person" },
    { name: "Annapolis", type: "place" },
    { name: "Zorro", type: "person" },
  ],
  relations: [
    { from: "Ann", type: "Moved to", to: "Annapolis" },
    { from: "Ann", type: "knows", to: "Zorro" },
  ],
};

describe("the remote extractor", () => {
  it("finds every place of a name in the text and leaves out names that do not stand there", async () => {
    const { calls, config } = await endpoint(says(GOOD));
    const [extraction] = await createRemoteExtractor(config, OPTIONS).extract([TEXT]);
    expect(extraction?.mentions.map(({ start, end, type }) => [TEXT.slice(start, end), start, type])).toEqual(
      [
        ["Ann", 0, "person"],
        ["Annapolis", 13, "place"],
        ["Ann", 24, "person"],
        ["Annapolis", 34, "place"],
      ],
    );
    expect(extraction?.relations).toEqual([{ from: 0, to: 1, type: "moved to" }]);
    expect(calls[0]?.authorization).toBe("Bearer secret");
    expect(calls[0]?.body.response_format.type).toBe("json_schema");
    expect(calls[0]?.body.messages.at(-1)).toEqual({ role: "user", content: TEXT });
  });

  it("names the model in its version, so that another model reads again", async () => {
    const { config } = await endpoint(says(GOOD));
    const [one, other] = [config, { ...config, model: "large" }].map((c) => createRemoteExtractor(c).version);
    expect(one).toMatch(/^tiny-/);
    expect(other).not.toBe(one);
  });

  it("asks again after an answer that does not fit the schema, and when the endpoint is busy", async () => {
    const { calls, config } = await endpoint((call, response, number) => {
      if (number === 1) response.writeHead(503).end("busy");
      else
        says(number === 2 ? { entities: [{ name: "Ann", type: "wizard" }], relations: [] } : GOOD)(
          call,
          response,
        );
    });
    await expect(createRemoteExtractor(config, OPTIONS).extract([TEXT])).resolves.toHaveLength(1);
    expect(calls).toHaveLength(3);
  });

  it.each([
    ["no JSON", "<html>"],
    ["no choices", "{}"],
    ["a message that is no JSON", '{"choices":[{"message":{"content":"Sure!"}}]}'],
    ["a message without relations", '{"choices":[{"message":{"content":"{\\"entities\\":[]}"}}]}'],
  ])("gives up on an endpoint that keeps answering %s", async (_, body) => {
    const { calls, config } = await endpoint((_call, response) => void response.end(body));
    await expect(createRemoteExtractor(config, OPTIONS).extract([TEXT])).rejects.toThrow(
      /after 3 tries.*schema/,
    );
    expect(calls).toHaveLength(3);
  });

  it("gives up at once on a refused key", async () => {
    const { calls, config } = await endpoint((_, response) => response.writeHead(401).end("bad key"));
    await expect(createRemoteExtractor(config, OPTIONS).extract([TEXT])).rejects.toThrow(/401: bad key/);
    expect(calls).toHaveLength(1);
  });

  it("stops waiting for an endpoint that does not answer", async () => {
    const { config } = await endpoint(() => undefined);
    const extractor = createRemoteExtractor(config, { ...OPTIONS, timeoutMs: 30 });
    await expect(extractor.extract([TEXT])).rejects.toThrow(/no answer within 30 ms/);
  });
});
