import { bodyOf, protocolCall, type Door } from "./handshake";

/** Tools as the server offers them to this key, and what one of them answers: the protocol itself, from the browser. */

export interface OfferedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** It changes nothing. */
  readonly readOnly: boolean;
  readonly schema: unknown;
}

export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
  readonly tookMs: number;
}

export interface TrialPlace {
  readonly origin: string;
  readonly secret: string;
  readonly door: Door;
}

export const takesTrials = (door: Door | null): door is "mcp" | "knowledge-graph" =>
  door === "mcp" || door === "knowledge-graph";

export async function listTools(place: TrialPlace): Promise<readonly OfferedTool[]> {
  const tools = at(await ask(place, { id: 1, method: "tools/list", params: {} }), "tools");
  if (!Array.isArray(tools)) throw new Error("The server listed no tools.");
  return tools.map((tool: unknown) => ({
    name: String(at(tool, "name")),
    title: String(at(tool, "title") ?? at(tool, "name")),
    description: String(at(tool, "description") ?? ""),
    readOnly: at(tool, "annotations", "readOnlyHint") === true,
    schema: at(tool, "inputSchema"),
  }));
}

export async function callTool(place: TrialPlace, name: string, input: unknown): Promise<ToolAnswer> {
  const startedAt = performance.now();
  const result = await ask(place, { id: 2, method: "tools/call", params: { name, arguments: input } });
  const content = at(result, "structuredContent") ?? at(result, "content");
  const said = at(result, "content", 0, "text");
  const isError = at(result, "isError") === true;
  return {
    isError,
    text: isError && typeof said === "string" ? said : JSON.stringify(content, null, 2),
    tookMs: performance.now() - startedAt,
  };
}

/** Arguments to begin with: every field that has to be given, empty. */
export function emptyArguments(schema: unknown): string {
  const required = at(schema, "required");
  const names = Array.isArray(required) ? required.map(String) : [];
  const values = names.map((name) => [name, emptyOf(at(schema, "properties", name, "type"))]);
  return JSON.stringify(Object.fromEntries(values), null, 2);
}

function emptyOf(type: unknown): unknown {
  if (type === "array") return [];
  if (type === "object") return {};
  if (type === "number" || type === "integer") return 0;
  return type === "boolean" ? false : "";
}

/** Without the page's cookie, so that it is the key that is tried. */
async function ask({ origin, secret, door }: TrialPlace, message: object): Promise<unknown> {
  const path = door === "knowledge-graph" ? "/api/mcp/knowledge-graph" : "/api/mcp";
  const init = { ...protocolCall(secret, message), credentials: "omit", cache: "no-store" } as const;
  const response = await fetch(`${origin}${path}`, init);
  const body = await bodyOf(response);
  const problem = at(body, "error", "message") ?? at(body, "detail");
  if (!response.ok || typeof problem === "string")
    throw new Error(typeof problem === "string" ? problem : `The server answered ${response.status}.`);
  return at(body, "result");
}

const at = (body: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), body);
