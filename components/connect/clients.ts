import type { Door } from "@/lib/client/handshake";

export interface Snippet {
  /** Where it goes: a file's name, or "Terminal". */
  readonly label: string;
  readonly code: string;
}

export interface ConnectClient {
  readonly id: string;
  readonly name: string;
  /** How it talks: shown beside the name. */
  readonly way: string;
  /** What is tried by a test of the connection; null for what does not come through this server. */
  readonly door: Door | null;
  readonly note: string;
  readonly snippets: (place: Place) => readonly Snippet[];
}

export interface Place {
  readonly origin: string;
  /** The key's secret, or what stands for it. */
  readonly secret: string;
}

/** Stands where a key belongs until there is one. */
export const NO_SECRET = "pal_YOUR_KEY";

const json = (value: object): string => JSON.stringify(value, null, 2);
const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });

/** Every client with what has to be put where, and nothing left to fill in but a path. */
export const clients: readonly ConnectClient[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    way: "MCP",
    door: "mcp",
    note: "Run it once. Without --scope it counts for the current project; /mcp inside Claude Code shows the tools.",
    snippets: ({ origin, secret }) => [
      {
        label: "Terminal",
        code: `claude mcp add --transport http palimpsest \\\n  ${origin}/api/mcp \\\n  --header "Authorization: Bearer ${secret}"`,
      },
      {
        label: ".mcp.json, instead",
        code: json({
          mcpServers: { palimpsest: { type: "http", url: `${origin}/api/mcp`, headers: bearer(secret) } },
        }),
      },
    ],
  },
  {
    id: "claude-desktop",
    name: "Claude Desktop",
    way: "MCP",
    door: "mcp",
    note: "Its file takes programs, not addresses, so mcp-remote (from npm) carries the calls. On the machine of the server, stdio needs no such bridge and no key.",
    snippets: ({ origin, secret }) => [
      {
        label: "claude_desktop_config.json",
        code: json({
          mcpServers: {
            palimpsest: {
              command: "npx",
              args: [
                "-y",
                "mcp-remote",
                `${origin}/api/mcp`,
                ...(needsLeave(origin) ? ["--allow-http"] : []),
                "--header",
                "Authorization:${PALIMPSEST_AUTH}",
              ],
              env: { PALIMPSEST_AUTH: `Bearer ${secret}` },
            },
          },
        }),
      },
    ],
  },
  {
    id: "cursor",
    name: "Cursor",
    way: "MCP",
    door: "mcp",
    note: "In your home folder it counts for every project, in a project's .cursor folder for that one.",
    snippets: ({ origin, secret }) => [
      {
        label: "~/.cursor/mcp.json",
        code: json({ mcpServers: { palimpsest: { url: `${origin}/api/mcp`, headers: bearer(secret) } } }),
      },
    ],
  },
  {
    id: "vs-code",
    name: "VS Code",
    way: "MCP",
    door: "mcp",
    note: "Keep the file out of version control while the key stands in it.",
    snippets: ({ origin, secret }) => [
      {
        label: ".vscode/mcp.json",
        code: json({
          servers: { palimpsest: { type: "http", url: `${origin}/api/mcp`, headers: bearer(secret) } },
        }),
      },
    ],
  },
  {
    id: "stdio",
    name: "stdio",
    way: "MCP",
    door: null,
    note: "For a client on the machine that holds the data. It opens the same store, also while this server runs, as the owner: it needs no key, and no key limits it.",
    snippets: () => [
      {
        label: "Configuration of the client",
        code: json({
          mcpServers: {
            palimpsest: {
              command: "npm",
              args: ["run", "--silent", "mcp", "--prefix", "/path/to/palimpsest"],
            },
          },
        }),
      },
    ],
  },
  {
    id: "knowledge-graph",
    name: "Knowledge graph",
    way: "drop-in",
    door: "knowledge-graph",
    note: "The nine tools of @modelcontextprotocol/server-memory, with the same arguments and answers. Every call is a change that can be taken back.",
    snippets: ({ origin, secret }) => [
      {
        label: "Configuration of the client",
        code: json({
          mcpServers: {
            memory: { type: "http", url: `${origin}/api/mcp/knowledge-graph`, headers: bearer(secret) },
          },
        }),
      },
    ],
  },
  {
    id: "mem0",
    name: "mem0 client",
    way: "drop-in",
    door: "mem0",
    note: "The published client, unmodified. Deleting many at once and taking a feedback back need the Curator preset.",
    snippets: ({ origin, secret }) => [
      {
        label: "TypeScript",
        code: [
          `import { MemoryClient } from "mem0ai";`,
          ``,
          `const client = new MemoryClient({`,
          `  apiKey: "${secret}",`,
          `  host: "${origin}/api/compat/mem0",`,
          `});`,
          `await client.add([{ role: "user", content: "Ann drinks oolong" }], { userId: "ann", infer: false });`,
          `await client.search("Which tea?", { filters: { user_id: "ann" } });`,
        ].join("\n"),
      },
    ],
  },
  {
    id: "curl",
    name: "curl",
    way: "REST",
    door: "rest",
    note: "Remember, recall, and report what came of it. Put the retrievalId of the second answer into the third call.",
    snippets: (place) => [
      { label: "Remember", code: curl(place, "/memories", { content: "Ann drinks oolong" }) },
      { label: "Recall", code: curl(place, "/recall", { query: "Which tea?" }) },
      {
        label: "Report",
        code: curl(place, "/signals", { retrievalId: "RETRIEVAL_ID", outcome: 1 }),
      },
    ],
  },
  {
    id: "typescript",
    name: "TypeScript client",
    way: "REST",
    door: "rest",
    note: "A method for each operation, typed from the same table as the server; no dependencies.",
    snippets: ({ origin, secret }) => [
      {
        label: "Terminal",
        code: "npm run client --prefix /path/to/palimpsest\nnpm install /path/to/palimpsest/dist/client",
      },
      {
        label: "TypeScript",
        code: [
          `import { createClient } from "palimpsest-client";`,
          ``,
          ...newClient(origin, secret),
          `await palimpsest.memories.create({ content: "Ann drinks oolong", scope: { userId: "ann" } });`,
          `const { retrievalId, results } = await palimpsest.recall({ query: "Which tea?", scope: { userId: "ann" } });`,
          `const used = results.slice(0, 1).map(({ memory }) => memory.id);`,
          `await palimpsest.signals.create({ retrievalId, outcome: 1, used });`,
        ].join("\n"),
      },
    ],
  },
  {
    id: "ai-sdk",
    name: "AI SDK",
    way: "REST",
    door: "rest",
    note: "With the AI SDK 6 and any of its models: recalls before the model answers, reports the outcome when your judge gives one. The package is made as for the TypeScript client.",
    snippets: ({ origin, secret }) => [
      {
        label: "TypeScript",
        code: [
          `import { generateText, wrapLanguageModel } from "ai";`,
          `import { createClient } from "palimpsest-client";`,
          `import { memoryMiddleware } from "palimpsest-client/ai-sdk";`,
          ``,
          ...newClient(origin, secret),
          `const model = wrapLanguageModel({`,
          `  model: anyModel,`,
          `  middleware: memoryMiddleware({`,
          `    client: palimpsest,`,
          `    scope: { userId: "ann" },`,
          `    judge: ({ question, answer }) => null, // -1 to 1 once you know how it turned out`,
          `  }),`,
          `});`,
          `const { text } = await generateText({ model, prompt: "Which tea does Ann drink?" });`,
        ].join("\n"),
      },
    ],
  },
];

function newClient(origin: string, secret: string): readonly string[] {
  return [`const palimpsest = createClient({`, `  baseUrl: "${origin}",`, `  apiKey: "${secret}",`, `});`];
}

function curl({ origin, secret }: Place, path: string, body: object): string {
  return [
    `curl -X POST ${origin}/api/v1${path} \\`,
    `  -H "Authorization: Bearer ${secret}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}

/** The bridge refuses plain http except to its own machine, unless it is told to. */
function needsLeave(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === "http:" && hostname !== "localhost" && hostname !== "127.0.0.1";
}
