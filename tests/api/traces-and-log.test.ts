/** Traces where a collector is named, received by a real one; and one line of the log for each request of MCP and mem0. */
import { createServer } from "node:http";
import { once } from "node:events";
import { json } from "node:stream/consumers";

import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { mcpResponse } from "@/lib/transport/mcp";
import { mem0Response } from "@/lib/transport/mem0/respond";
import { HOST } from "../support/rest";
import { tenant, type Tenant } from "../support/tenant";

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}
interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

/** A collector: takes what is sent to it by OTLP over HTTP. */
async function collector() {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      // What the exporter sends, by the protocol.
      const sent = body as Export;
      spans.push(...sent.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number }; // it listens on a port and not on a pipe
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${port}`, spans, close };
}

let here: Tenant;
beforeAll(async () => {
  here = await tenant();
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "palimpsestTraces");
});

const valueOf = ({ attributes }: Span, key: string) =>
  Object.values(attributes.find((one) => one.key === key)?.value ?? {})[0];

function overHttp(path: string, secret: string, body?: object): Request {
  return new Request(`http://${HOST}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      host: HOST,
      authorization: `Bearer ${secret}`,
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const toolCall = (name: string, args: object) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name, arguments: args },
});

describe("traces", () => {
  it("have a span for each request, in the trace of its caller, without any text", async () => {
    const { address, spans, close } = await collector();
    vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", address);
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    await here.owner.post("/memories", { content: "a text nobody traces" }, { traceparent });
    (await here.owner.get("/memories/not-one")).problem("not_found");
    await mem0Response(overHttp("/api/compat/mem0/v1/ping/", here.workspace.secrets.owner));
    const { flushTraces } = await import("@/lib/transport/tracer");
    await flushTraces();
    await expect.poll(() => spans.length).toBe(3);
    const [made, missed, ping] = spans;
    expect(made).toMatchObject({ name: "memories.create", traceId, parentSpanId: "b7ad6b7169203331" });
    expect(made && valueOf(made, "http.response.status_code")).toBe(201);
    expect(made && valueOf(made, "palimpsest.workspace")).toBe(here.workspace.workspaceId);
    expect(missed && valueOf(missed, "http.response.status_code")).toBe(404);
    expect(ping).toMatchObject({ name: "mem0" });
    expect(JSON.stringify(spans)).not.toContain("a text nobody traces");
    close();
  });

  it("are not even loaded where no collector is named", async () => {
    vi.resetModules();
    await here.owner.get("/session");
    expect(Reflect.has(globalThis, "palimpsestTraces")).toBe(false);
  });

  it("that nobody takes hold up no request", async () => {
    vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");
    const started = performance.now();
    expect((await here.owner.get("/session")).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("the log", () => {
  it("has one line for each request of MCP and of mem0, with what it came to and no word of it", async () => {
    vi.stubEnv("NODE_ENV", "production");
    vi.stubEnv("HOST", "0.0.0.0");
    const lines: string[] = [];
    vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    vi.spyOn(console, "warn").mockImplementation((line: string) => void lines.push(line));
    const secret = here.workspace.secrets.owner;
    const add = toolCall("add_memory", { content: "a word in confidence" });
    await mcpResponse(overHttp("/api/mcp", secret, add)).then((answer) => answer.text());
    await mem0Response(overHttp("/api/compat/mem0/v1/ping/", secret));
    await mcpResponse(overHttp("/api/mcp", "pal_key_of_nobody", add));
    const found = lines.map((line) => JSON.parse(line) as { operation: string; status: number }); // lines of our own log
    expect(found.map(({ operation, status }) => [operation.split(" ")[0], status])).toEqual([
      ["mcp", 200],
      ["mem0", 200],
      ["mcp", 401],
    ]);
    expect(found[0]?.operation).toContain("memories.create");
    expect(lines.join()).not.toContain("a word in confidence");
    expect(lines.join()).not.toContain(secret);
  });
});
