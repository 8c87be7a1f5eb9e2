/** The client as others install it: written into a folder, type-checked by a program of theirs, and run by plain Node. */
import { execFile } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";

import { serveApi } from "../support/serve-api";
import { temporaryFolder } from "../support/temporary-folder";
import { tenant } from "../support/tenant";
import { typeOf } from "@/scripts/client-package/type-of";
import { writeClientPackage } from "@/scripts/client-package";
import type { HttpServer } from "../support/http-server";

let server: HttpServer;
let folder: string;
beforeAll(async () => {
  server = await serveApi();
  folder = await temporaryFolder("client");
  await mkdir(path.join(folder, "node_modules"));
  await writeClientPackage(path.join(folder, "node_modules/palimpsest-client"));
  await symlink(path.resolve("node_modules/ai"), path.join(folder, "node_modules/ai"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the compiler has to say about a program that uses the package. */
async function complaints(name: string, source: string, skipLibCheck = false): Promise<string[]> {
  const file = path.join(folder, name);
  await writeFile(file, source);
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

it("has types that accept what the server takes, and nothing else", { timeout: 60_000 }, async () => {
  const used = `
    import { createClient, isApiError } from "palimpsest-client";
    const client = createClient({ baseUrl: "http://127.0.0.1:4747", apiKey: "k" });
    const { memory } = await client.memories.create({ content: "tea", kind: "preference", metadata: { any: [1, null] } });
    const confidence: number = memory.confidence;
    const { retrievalId, results } = await client.recall({ query: "tea", scope: { userId: "ann" } });
    const first: string | undefined = results[0]?.memory.content;
    await client.signals.create({ outcome: 1, ...(retrievalId === null ? {} : { retrievalId }) }, { idempotencyKey: "k" });
    await client.memories.update({ id: memory.id, pinned: true });
    const { items } = await client.memories.list();
    try { await client.verify(); } catch (error) { if (isApiError(error) && error.code === "not_found") console.log(error.status, items, first, confidence); }
    export {};`;
  expect(await complaints("good.mts", used)).toEqual([]);
  const misused = `
    import { createClient } from "palimpsest-client";
    const client = createClient({ baseUrl: "", apiKey: "" });
    await client.memories.create({ contents: "tea" });
    await client.memories.create({ content: "tea", kind: "opinion" });
    await client.memories.update({ pinned: true });
    await client.memories.frobnicate();
    export {};`;
  expect(await complaints("bad.mts", misused)).toHaveLength(4);
});

it("has types for the AI SDK", { timeout: 60_000 }, async () => {
  const used = `
    import { createClient } from "palimpsest-client";
    import { memoryMiddleware, memoryTools } from "palimpsest-client/ai-sdk";
    const client = createClient({ baseUrl: "", apiKey: "" });
    memoryMiddleware({ client, judge: ({ answer, recalled }) => (answer === "" ? null : recalled.results.length) });
    memoryTools(client, ["search_memories"]);
    export {};`;
  // Declarations of the AI SDK are its own to answer for.
  expect(await complaints("agent.mts", used, true)).toEqual([]);
});

it("runs in plain Node", async () => {
  const { workspace } = await tenant();
  const program = `
    import { createClient } from "palimpsest-client";
    const client = createClient({ baseUrl: ${JSON.stringify(server.address)}, apiKey: ${JSON.stringify(workspace.secrets.owner)} });
    const { memory } = await client.memories.create({ content: "tea" });
    const gone = await client.memories.get({ id: "x" }).catch((error) => error.code);
    console.log(JSON.stringify([memory.content, gone, (await client.memories.list({ limit: 1 })).total]));`;
  await writeFile(path.join(folder, "run.mjs"), program);
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, "run.mjs")]);
  expect(JSON.parse(stdout)).toEqual(["tea", "not_found", 1]);
});

it("prints a schema that it cannot say as unknown, which is true of everything", () => {
  expect(typeOf({ type: "array", items: { anyOf: [{ type: "string" }, { type: "null" }] } })).toBe(
    "(string | null)[]",
  );
  expect(typeOf({ type: "object", properties: { a: { const: 1 } }, required: ["a"] })).toBe(
    '{ readonly "a": 1 }',
  );
  expect([typeOf({}), typeOf(true), typeOf({ not: {} })]).toEqual(["unknown", "unknown", "unknown"]);
});
