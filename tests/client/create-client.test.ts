/** The client for programs, and the AI SDK's tools and middleware made from it, against the real routes behind a real socket. */
import { generateText, stepCountIs, streamText, wrapLanguageModel, type LanguageModel } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { OPERATION_IDS, operations, type Operation } from "@/lib/contracts/operations";
import { TOOL_NAMES } from "@/lib/contracts/tools";
import { createClient, type Client } from "@/lib/client/create-client";
import { memoryMiddleware, memoryTools, type MemorySettings, type Turn } from "@/lib/client/ai-sdk";
import { serveApi } from "../support/serve-api";
import type { HttpServer } from "../support/http-server";
import { tenant, type Tenant } from "../support/tenant";

let server: HttpServer;
let t: Tenant;
let client: Client;
beforeAll(async () => {
  server = await serveApi();
});
afterAll(() => server.close());
beforeEach(async () => {
  t = await tenant();
  client = createClient({ baseUrl: `${server.address}/`, apiKey: t.workspace.secrets.owner });
});

describe("the client", () => {
  it("has a method for every operation on its surface", () => {
    for (const id of OPERATION_IDS.filter((name) =>
      (operations[name] as Operation).surfaces.includes("client"),
    )) {
      const method: unknown = id
        .split(".")
        .reduce<unknown>((at, part) => Reflect.get(Object(at), part), client);
      expect(typeof method, id).toBe("function");
    }
  });

  it("carries the loop: remember, recall, report, take back", async () => {
    const { memory } = await client.memories.create({ content: "The gate code is 4711" });
    const { retrievalId, results } = await client.recall({ query: "gate code" });
    expect(results[0]?.memory.id).toBe(memory.id);
    const { changes } = await client.signals.create({ retrievalId: retrievalId ?? "", outcome: 1 });
    const learned = await client.memories.get({ id: memory.id });
    expect(learned.memory.confidence).toBeGreaterThan(memory.confidence);
    await client.reverts.create({ changeIds: changes.map((change) => change.id) });
    const before = await client.memories.get({ id: memory.id, asOf: String(memory.seq) });
    expect((await client.memories.get({ id: memory.id })).memory.confidence).toBe(before.memory.confidence);
    const updated = await client.memories.update({ id: memory.id, tags: ["home"] });
    expect(updated.memory.tags).toEqual(["home"]);
    expect((await client.memories.list({ q: "tag:home" })).total).toBe(1);
    expect((await client.verify()).ok).toBe(true);
  });

  it("throws the server's refusal, and one of its own when nobody answers", async () => {
    await expect(client.memories.get({ id: "x" })).rejects.toMatchObject({
      name: "ApiError",
      code: "not_found",
    });
    const nobody = createClient({ baseUrl: "http://127.0.0.1:9", apiKey: "k" });
    await expect(nobody.verify()).rejects.toMatchObject({ code: "network" });
  });

  it("takes the same write twice for one when it is given a key", async () => {
    const write = () => client.memories.create({ content: "once" }, { idempotencyKey: "a key of ours" });
    expect((await write()).memory.id).toBe((await write()).memory.id);
    expect((await client.changes.list()).total).toBe(1);
  });
});

/** A model that says what it is told to say, and keeps what it was asked. */
interface Scripted {
  readonly model: Extract<LanguageModel, { specificationVersion: "v3" }>;
  readonly prompts: unknown[];
}
type Reply = string | { readonly toolName: string; readonly input: object };

function scripted(...replies: Reply[]): Scripted {
  const prompts: unknown[] = [];
  const next = (prompt: unknown) => {
    prompts.push(prompt);
    const reply = replies.shift() ?? "";
    const none = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
    const usage = {
      inputTokens: none,
      outputTokens: { total: undefined, text: undefined, reasoning: undefined },
    };
    return { reply, usage, isText: typeof reply === "string" };
  };
  return {
    prompts,
    model: {
      specificationVersion: "v3",
      provider: "script",
      modelId: "script",
      supportedUrls: {},
      doGenerate: async ({ prompt }) => {
        const { reply, usage, isText } = next(prompt);
        const finishReason = { unified: isText ? "stop" : "tool-calls", raw: undefined } as const;
        if (typeof reply === "string")
          return { content: [{ type: "text", text: reply }], finishReason, usage, warnings: [] };
        const called = {
          type: "tool-call",
          toolCallId: `call ${prompts.length}`,
          toolName: reply.toolName,
          input: JSON.stringify(reply.input),
        } as const;
        return { content: [called], finishReason, usage, warnings: [] };
      },
      doStream: async ({ prompt }) => {
        const { reply, usage } = next(prompt);
        const words = String(reply).split(/(?<= )/u);
        return {
          stream: new ReadableStream({
            start(controller) {
              controller.enqueue({ type: "stream-start", warnings: [] });
              controller.enqueue({ type: "text-start", id: "1" });
              for (const delta of words) controller.enqueue({ type: "text-delta", id: "1", delta });
              controller.enqueue({ type: "text-end", id: "1" });
              controller.enqueue({
                type: "finish",
                finishReason: { unified: "stop", raw: undefined },
                usage,
              });
              controller.close();
            },
          }),
        };
      },
    },
  };
}

describe("the middleware for the AI SDK", () => {
  const withMemory = (script: Scripted, settings: Partial<MemorySettings> = {}) =>
    wrapLanguageModel({ model: script.model, middleware: memoryMiddleware({ client, ...settings }) });
  const confidence = async (id: string) => (await t.read(id)).confidence;

  it("tells the model what is remembered, and reports what the judge says of the answer", async () => {
    const tea = await t.remember("Ann drinks oolong tea");
    const script = scripted("She drinks oolong.");
    const turns: Turn[] = [];
    const judge = (turn: Turn) => turns.push(turn) && 1;
    const { text, providerMetadata } = await generateText({
      model: withMemory(script, { judge }),
      system: "Be brief.",
      prompt: "Which tea does Ann drink?",
    });
    expect(text).toBe("She drinks oolong.");
    expect(script.prompts[0]).toMatchObject([
      { role: "system", content: "Be brief." },
      { role: "system", content: expect.stringContaining('"Ann drinks oolong tea"') },
      { role: "user" },
    ]);
    expect(turns).toMatchObject([{ question: "Which tea does Ann drink?", answer: text }]);
    expect(providerMetadata?.palimpsest?.memories).toEqual([tea.id]);
    expect(await confidence(tea.id)).toBeGreaterThan(tea.confidence);
    const { items } = await client.signals.list();
    expect(items).toMatchObject([{ retrievalId: providerMetadata?.palimpsest?.retrievalId, outcome: 1 }]);
  });

  it("does the same for a stream, and reports nothing without a judge", async () => {
    const tea = await t.remember("Ann drinks oolong tea");
    const judged = streamText({
      model: withMemory(scripted("She drinks oolong tea."), { judge: async () => -1 }),
      prompt: "Which tea?",
    });
    expect(await judged.text).toBe("She drinks oolong tea.");
    const learned = await confidence(tea.id);
    expect(learned).toBeLessThan(tea.confidence);
    const unjudged = streamText({ model: withMemory(scripted("It is oolong.")), prompt: "Which tea?" });
    expect(await unjudged.text).toBe("It is oolong.");
    expect(await confidence(tea.id)).toBe(learned);
    expect((await unjudged.providerMetadata)?.palimpsest?.retrievalId).toEqual(expect.any(String));
  });

  it("recalls once while the model calls tools, and reports once, when it answers", async () => {
    await t.remember("Ann drinks oolong tea");
    const script = scripted({ toolName: "add_memory", input: { content: "Ann asked for tea" } }, "Oolong.");
    const judge = () => 1;
    const tools = memoryTools(client, ["add_memory"]);
    const { text, steps } = await generateText({
      model: withMemory(script, { judge }),
      tools,
      stopWhen: stepCountIs(3),
      prompt: "Which tea?",
    });
    expect([text, steps.length]).toEqual(["Oolong.", 2]);
    expect(JSON.stringify(script.prompts[1])).toContain("Ann drinks oolong tea");
    expect((await client.retrievals.list()).total).toBe(1);
    expect((await client.signals.list()).total).toBe(1);
    expect((await client.memories.list({ q: "asked" })).total).toBe(1);
  });

  it("never keeps a model from answering", async () => {
    const errors: unknown[] = [];
    const nobody = createClient({ baseUrl: "http://127.0.0.1:9", apiKey: "k" });
    const model = withMemory(scripted("Hello."), {
      client: nobody,
      onError: (error) => errors.push(error),
      judge: () => 1,
    });
    expect((await generateText({ model, prompt: "Hi" })).text).toBe("Hello.");
    expect(errors).toMatchObject([{ code: "network" }]);
  });

  it("recalls within its scope", async () => {
    await t.remember("Ann drinks oolong", { scope: { userId: "ann" } });
    await t.remember("Bob drinks sencha", { scope: { userId: "bob" } });
    const script = scripted("Sencha.");
    await generateText({ model: withMemory(script, { scope: { userId: "bob" } }), prompt: "Which tea?" });
    const told = JSON.stringify(script.prompts[0]);
    expect([told.includes("sencha"), told.includes("oolong")]).toEqual([true, false]);
  });
});

describe("the tools for the AI SDK", () => {
  it("are those of MCP, and come to the same operations", async () => {
    const tools = memoryTools(client);
    expect(Object.keys(tools).sort()).toEqual([...TOOL_NAMES].sort());
    const { changes } = (await t.owner.post("/memories", { content: "The gate code is 4711" })).as(
      "memories.create",
    );
    const use = async (name: string, input: object): Promise<ReturnType<typeof JSON.parse>> =>
      tools[name]?.execute?.(input, { toolCallId: "1", messages: [] });
    const { retrievalId, results } = await use("search_memories", { query: "gate code" });
    const why = await use("explain_result", { retrievalId, memoryId: results[0].memory.id });
    expect(why).toMatchObject({ rank: 1, shown: true });
    const preview = await use("preview_revert", { changeIds: changes.map((change) => change.id) });
    expect(preview).toMatchObject({ dryRun: true });
    expect((await client.memories.list()).total).toBe(1);
  });
});
