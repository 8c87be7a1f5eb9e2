/** What the Connect page gives to paste, and its test of the connection, against the real doors behind a real socket. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { clients, NO_SECRET } from "@/components/connect/clients";
import { keyStanding } from "@/components/settings/key-standing";
import { handshake, remedyOf, type Door, type HandshakeStep } from "@/lib/client/handshake";
import { healthResponse } from "@/lib/transport/health";
import { knowledgeGraphResponse, mcpResponse } from "@/lib/transport/mcp";
import { mem0Response } from "@/lib/transport/mem0/respond";
import { GET as sessionResponse } from "@/app/api/v1/session/route";
import { serveHttp, type HttpServer } from "../support/http-server";
import { tenant, type Tenant } from "../support/tenant";

let server: HttpServer;
let t: Tenant;
beforeAll(async () => {
  server = await serveHttp(async (request) => answerAt(new URL(request.url).pathname, request));
  t = await tenant();
});
afterAll(() => server.close());

/** The doors that the test knocks at. */
async function answerAt(path: string, request: Request): Promise<Response> {
  if (path === "/api/health") return healthResponse();
  if (path === "/api/v1/session") return sessionResponse(request, { params: Promise.resolve({}) });
  if (path === "/api/mcp") return mcpResponse(request);
  if (path === "/api/mcp/knowledge-graph") return knowledgeGraphResponse(request);
  if (path.startsWith("/api/compat/mem0/")) return mem0Response(request);
  return new Response(null, { status: 404 });
}

async function steps(door: Door, secret: string): Promise<readonly HandshakeStep[]> {
  const done: HandshakeStep[] = [];
  for await (const step of handshake({ origin: server.address, secret, door })) done.push(step);
  return done;
}

describe("the test of a connection", () => {
  it.each(["rest", "mcp", "knowledge-graph", "mem0"] as const)(
    "passes every step of %s with a key",
    async (door) => {
      const done = await steps(door, t.workspace.secrets.owner);
      expect(done.map(({ outcome, detail }) => ({ outcome, detail }))).toEqual(
        done.map(({ detail }) => ({ outcome: "passed", detail })),
      );
      expect(done.length).toBeGreaterThan(0);
    },
  );

  it("counts the tools that a client would be offered", async () => {
    const [, own] = await steps("mcp", t.workspace.secrets.owner);
    const [, graph] = await steps("knowledge-graph", t.workspace.secrets.owner);
    expect(own?.detail).toBe("14 tools");
    expect(graph?.detail).toBe("9 tools");
  });

  it("stops at a key that is not known, and tells what to do", async () => {
    for (const door of ["rest", "mcp", "knowledge-graph", "mem0"] as const) {
      const last = (await steps(door, "pal_nobody")).at(-1);
      expect(last, door).toMatchObject({ outcome: "failed", remedy: remedyOf(401) });
      expect(last?.detail, door).toMatch(/^401: This API key is not known/u);
    }
  });

  it("tells a server that is away from a server that refuses", async () => {
    const done: HandshakeStep[] = [];
    for await (const step of handshake({ origin: "http://127.0.0.1:9", secret: "x", door: "mcp" }))
      done.push(step);
    expect(done).toMatchObject([{ outcome: "failed", detail: "No answer came.", remedy: remedyOf(0) }]);
  });
});

describe("what is to be pasted", () => {
  const place = { origin: "https://memory.example", secret: "pal_secret" };

  it("holds the page's own address and the key wherever a client comes through the server", () => {
    for (const client of clients.filter(({ door }) => door !== null)) {
      const text = client
        .snippets(place)
        .map(({ code }) => code)
        .join("\n");
      expect(text, client.id).toContain(place.origin);
      expect(text, client.id).toContain(place.secret);
      expect(text, client.id).not.toContain(NO_SECRET);
    }
  });

  it("is valid JSON where it is a file of JSON", () => {
    const files = clients
      .flatMap((client) => client.snippets(place))
      .filter(({ code }) => code.startsWith("{"));
    expect(files.length).toBeGreaterThan(4);
    for (const { code } of files) expect(() => JSON.parse(code)).not.toThrow();
  });

  it("lets the bridge of Claude Desktop use plain http only where it would refuse to", () => {
    const desktop = (origin: string) =>
      clients.find(({ id }) => id === "claude-desktop")?.snippets({ ...place, origin })[0]?.code ?? "";
    expect(desktop("http://192.168.0.7:4747")).toContain("--allow-http");
    expect(desktop("http://127.0.0.1:4747")).not.toContain("--allow-http");
    expect(desktop("https://memory.example")).not.toContain("--allow-http");
  });
});

describe("the standing of a key", () => {
  it("is expired from its moment on, and revoked whatever its expiry", () => {
    const expiresAt = "2026-01-01T00:00:00.000Z";
    expect(keyStanding({ revokedAt: null, expiresAt }, Date.parse(expiresAt) - 1)).toBe("valid");
    expect(keyStanding({ revokedAt: null, expiresAt }, Date.parse(expiresAt))).toBe("expired");
    expect(keyStanding({ revokedAt: expiresAt, expiresAt }, 0)).toBe("revoked");
    expect(keyStanding({ revokedAt: null, expiresAt: null }, Date.parse(expiresAt))).toBe("valid");
  });
});
