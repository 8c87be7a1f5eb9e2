/** What a client of ours does first, done from the browser with a key instead of the page's session. */

/** The doors that can be tried from a page. */
export type Door = "rest" | "mcp" | "knowledge-graph" | "mem0";

export interface HandshakeStep {
  readonly name: string;
  readonly call: string;
  readonly tookMs: number;
  readonly outcome: "passed" | "failed";
  /** What was learned, or what went wrong. */
  readonly detail: string;
  /** What to do about it; only where it failed. */
  readonly remedy?: string;
}

export interface Attempt {
  readonly origin: string;
  readonly secret: string;
  readonly door: Door;
  readonly signal?: AbortSignal;
}

interface Step {
  readonly name: string;
  readonly call: string;
  readonly init: RequestInit;
  /** Says in words what the answer proves; null when it proves nothing. */
  readonly read: (answer: unknown) => string | null;
}

const PROTOCOL = "2025-11-25";

/** Every step as soon as it is done; the first that fails is the last. */
export async function* handshake({ origin, secret, door, signal }: Attempt): AsyncGenerator<HandshakeStep> {
  for (const step of stepsOf(door, secret)) {
    const done = await carryOut(origin, step, signal);
    yield done;
    if (done.outcome === "failed") return;
  }
}

function stepsOf(door: Door, secret: string): readonly Step[] {
  switch (door) {
    case "rest":
      return [
        { name: "The server answers", call: "/api/health", init: {}, read: (body) => textAt(body, "status") },
        {
          name: "The key is known",
          call: "/api/v1/session",
          init: { headers: { authorization: `Bearer ${secret}` } },
          read: whoIsIt,
        },
      ];
    case "mem0":
      return [
        {
          name: "The mem0 client's ping",
          call: "/api/compat/mem0/v1/ping/",
          init: { headers: { authorization: `Token ${secret}` } },
          read: (body) => (textAt(body, "status") === "ok" ? "Answers as mem0 does" : null),
        },
      ];
    case "mcp":
      return protocolSteps("/api/mcp", secret);
    case "knowledge-graph":
      return protocolSteps("/api/mcp/knowledge-graph", secret);
  }
}

function protocolSteps(path: string, secret: string): readonly Step[] {
  return [
    {
      name: "initialize",
      call: path,
      init: protocolCall(secret, {
        id: 1,
        method: "initialize",
        params: {
          protocolVersion: PROTOCOL,
          capabilities: {},
          clientInfo: { name: "palimpsest-connect", version: "1" },
        },
      }),
      read: (body) => {
        const server = textAt(body, "result", "serverInfo", "name");
        const version = textAt(body, "result", "protocolVersion");
        return server === null || version === null ? null : `${server}, protocol ${version}`;
      },
    },
    {
      name: "tools/list",
      call: path,
      init: protocolCall(secret, { id: 2, method: "tools/list", params: {} }),
      read: (body) => {
        const tools = valueAt(body, "result", "tools");
        return Array.isArray(tools) ? `${tools.length} tools` : null;
      },
    },
  ];
}

export function protocolCall(secret: string, message: object): RequestInit {
  return {
    method: "POST",
    headers: {
      authorization: `Bearer ${secret}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": PROTOCOL,
    },
    body: JSON.stringify({ jsonrpc: "2.0", ...message }),
  };
}

async function carryOut(origin: string, step: Step, signal?: AbortSignal): Promise<HandshakeStep> {
  const startedAt = performance.now();
  const asked = { name: step.name, call: `${step.init.method ?? "GET"} ${step.call}` };
  const passed = (detail: string): HandshakeStep => ({
    ...asked,
    outcome: "passed",
    detail,
    tookMs: performance.now() - startedAt,
  });
  const failed = (detail: string, remedy: string): HandshakeStep => ({
    ...asked,
    outcome: "failed",
    detail,
    remedy,
    tookMs: performance.now() - startedAt,
  });
  try {
    // Without the page's cookie, so that it is the key that is tried.
    const response = await fetch(`${origin}${step.call}`, {
      ...step.init,
      credentials: "omit",
      cache: "no-store",
      ...(signal ? { signal } : {}),
    });
    const body = await bodyOf(response);
    if (!response.ok) {
      return failed(
        `${response.status}: ${textAt(body, "detail") ?? response.statusText}`,
        remedyOf(response.status),
      );
    }
    const learned = step.read(body);
    return learned === null
      ? failed(textAt(body, "error", "message") ?? "The answer is not one of this protocol.", remedyOf(502))
      : passed(learned);
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    return failed("No answer came.", remedyOf(0));
  }
}

/** JSON, or the last message of an event stream. */
export async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const data = /^text\/event-stream/u.test(response.headers.get("content-type") ?? "")
    ? text
        .split("\n")
        .findLast((line) => line.startsWith("data:"))
        ?.slice("data:".length)
    : text;
  try {
    return JSON.parse(data ?? "");
  } catch {
    return null;
  }
}

const remedies: Readonly<Record<number, string>> = {
  0: "See that the server is running and that this page was opened at its address.",
  401: "The key is wrong, was revoked or has expired. Make a new key here, put it into the client, and test again.",
  403: "The key lacks a scope. Make one with a preset that has it.",
  404: "Nothing is served at this address. Check that a proxy passes /api on unchanged.",
  421: "The server does not know this host name. Open the page at the address that the server printed, or start it with HOST set.",
  429: "Too many tries for the moment. Wait a minute, then test again.",
  502: "Something between the browser and the server answers instead of it, such as a proxy. Try the server's own address.",
};
const FAULT = "The server failed. Its log has the request; try again.";

/** What a person can do about an answer's status; 0 stands for no answer. */
export function remedyOf(status: number): string {
  return remedies[status] ?? FAULT;
}

function whoIsIt(body: unknown): string | null {
  const workspace = textAt(body, "workspace", "name");
  const scopes = valueAt(body, "scopes");
  if (workspace === null || !Array.isArray(scopes)) return null;
  return `Workspace ${workspace}; may ${scopes.join(", ")}`;
}

function valueAt(body: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => Reflect.get(Object(at), name), body);
}

function textAt(body: unknown, ...path: readonly string[]): string | null {
  const found = valueAt(body, ...path);
  return typeof found === "string" ? found : null;
}
