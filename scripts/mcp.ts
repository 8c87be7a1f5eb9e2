/**
 * `npm run mcp`: MCP over standard input and output, for clients on this computer; with `-- --knowledge-graph` as the tools of
 * the reference memory server. It opens the same store as the web
 * server, also while that one runs, as the owner: whoever can start it can read the data's folder.
 */
import { serveStdio } from "@modelcontextprotocol/server/stdio";

import { ensureFirstWorkspace } from "@/lib/commands/bootstrap";
import type { Context } from "@/lib/commands/context";
import { SCOPES } from "@/lib/domain/access";
import { millis } from "@/lib/domain/ids";
import { GRAPH_CHANNEL, knowledgeGraphServer } from "@/lib/transport/knowledge-graph/server";
import { mcpServer } from "@/lib/transport/mcp";
import { withDatabase } from "./with-database";

// Standard output belongs to the protocol; whatever else is said goes to standard error.
console.log = console.error;
console.info = console.error;

const asGraph = process.argv.includes("--knowledge-graph");

await withDatabase(async () => {
  const ctx: Context = {
    workspaceId: await ensureFirstWorkspace(),
    actor: "person:owner",
    scopes: SCOPES,
    trust: "owner",
    source: "owner:person/owner",
    channel: "mcp",
    installation: true,
    now: () => millis(Date.now()),
    idempotency: null,
  };
  const handle = serveStdio(() =>
    asGraph ? knowledgeGraphServer({ ...ctx, channel: GRAPH_CHANNEL }) : mcpServer(ctx),
  );
  await ended();
  await handle.close();
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
// The embedding thread would keep the process alive; everything is written.
process.exit();

/** Until the client hangs up or the process is asked to stop. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    process.stdin.once("close", () => resolve());
    process.stdin.once("end", () => resolve());
  });
}
