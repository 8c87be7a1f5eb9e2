import { McpServer, type CallToolResult } from "@modelcontextprotocol/server";
import {
  GRAPH_TOOL_NAMES,
  graphTools,
  type GraphInput,
  type GraphTool,
  type GraphToolName,
} from "@/lib/contracts/knowledge-graph";
import { newPlainId, type Context } from "@/lib/commands/context";
import { problemOf } from "../problem";
import { readKept, runTools, type RunTool } from "./tools";
import { toGraph } from "./graph";
import packageJson from "@/package.json";

/** The surface that its changes come in on. */
export const GRAPH_CHANNEL = "knowledge-graph";

const INSTRUCTIONS =
  "A knowledge graph of entities, observations and relations. Its parts are memories, so search_memories of the server at /api/mcp finds them, too. Every change can be taken back there: a result's _meta names its group.";

/** A server with the nine tools of the reference memory server, acting for one caller. */
export function knowledgeGraphServer(ctx: Context): McpServer {
  const server = new McpServer(
    {
      name: "palimpsest-knowledge-graph",
      title: "Palimpsest as a knowledge graph",
      version: packageJson.version,
    },
    { instructions: INSTRUCTIONS },
  );
  for (const name of GRAPH_TOOL_NAMES) register(server, ctx, name);
  const details = {
    title: "Knowledge Graph",
    description: "All entities and relations",
    mimeType: "application/json",
  };
  server.registerResource("knowledge-graph", "memory://knowledge-graph", details, async (uri) => {
    const text = pretty(toGraph(await readKept(ctx)));
    return { contents: [{ uri: uri.href, mimeType: "application/json", text }] };
  });
  return server;
}

function register<Name extends GraphToolName>(server: McpServer, ctx: Context, name: Name): void {
  const tool: GraphTool = graphTools[name];
  const run: RunTool<Name> = runTools[name];
  const { title, description, input, output, reads = false, destroys = false } = tool;
  const annotations = {
    readOnlyHint: reads,
    destructiveHint: destroys,
    idempotentHint: reads || destroys,
    openWorldHint: false,
  };
  server.registerTool(
    name,
    { title, description, inputSchema: input, outputSchema: output, annotations },
    async (args: unknown) => {
      // Parsed by the schema of this very tool.
      return answer(run, ctx, args as GraphInput<Name>);
    },
  );
}

/** Its `_meta` holds what the reference has no field for: the group by which the call is taken back. */
async function answer<Name extends GraphToolName>(
  run: RunTool<Name>,
  ctx: Context,
  input: GraphInput<Name>,
): Promise<CallToolResult> {
  try {
    const { output, text, groupId } = await run(ctx, input);
    return {
      structuredContent: { ...output },
      content: [{ type: "text", text: typeof text === "string" ? text : pretty(text) }],
      ...(groupId === null ? {} : { _meta: { "palimpsest/groupId": groupId } }),
    };
  } catch (error) {
    return { isError: true, content: [{ type: "text", text: problemOf(error, newPlainId()).detail }] };
  }
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
