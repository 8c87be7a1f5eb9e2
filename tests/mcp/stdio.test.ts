/** `npm run mcp` as a client on this computer starts it: a process of its own on the store that this one has open, too. */
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, inject, it } from "vitest";

import { ensureFirstWorkspace } from "@/lib/commands/bootstrap";
import { createMemory } from "@/lib/commands/create-memory";
import { verify } from "@/lib/queries/verify";
import { freshWorkspace } from "../support/workspace";

const EACH = 20;

describe("over standard input and output", () => {
  it(
    "writes beside another process whose clock is weeks behind, and nothing is lost",
    { timeout: 60_000 },
    async () => {
      const { owner } = await freshWorkspace();
      const web = { ...owner, workspaceId: await ensureFirstWorkspace() };
      const client = new Client({ name: "test", version: "1" });
      const env = { ...process.env, DATABASE_URL: inject("databaseUrl") } as Record<string, string>; // what is undefined is not passed on
      await client.connect(
        new StdioClientTransport({
          command: process.execPath,
          args: ["--import", "tsx", "scripts/mcp.ts"],
          env,
          stderr: "ignore",
        }),
      );
      const before = (await verify(web)).head.seq;
      const numbers = Array.from({ length: EACH }, (_, i) => i);
      const [mine, theirs] = await Promise.all([
        Promise.all(numbers.map((i) => createMemory(web, { content: `from the web server ${i} ${before}` }))),
        Promise.all(
          numbers.map((i) =>
            client.callTool({ name: "add_memory", arguments: { content: `over stdio ${i} ${before}` } }),
          ),
        ),
      ]);
      expect(mine).toHaveLength(EACH);
      expect(theirs.filter((result) => result.isError)).toEqual([]);
      const found = await client.callTool({
        name: "list_memories",
        arguments: { q: `"from the web server" ${before}` },
      });
      expect(found.structuredContent).toMatchObject({ total: EACH });
      await client.close();
      expect(await verify(web)).toMatchObject({ ok: true, head: { seq: before + 2 * EACH } });
    },
  );
});
