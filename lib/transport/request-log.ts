import { AsyncLocalStorage } from "node:async_hooks";
import { brand, type WorkspaceId } from "@/lib/domain/ids";
import { env } from "@/lib/env";
import { keepRequest } from "@/lib/store/request-tail";
import { newPlainId, type Context } from "@/lib/commands/context";
import { traced } from "./traced";

/** Names, numbers and ids: no header, no query, no body, so that neither a secret nor a text can get into it. */
export interface RequestLine {
  readonly requestId: string;
  readonly operation: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly actor: string | null;
  readonly workspaceId: string | null;
}

/** What a request of a surface with words of its own came to, for its one line. */
interface Gathered {
  readonly requestId: string;
  readonly operations: string[];
  caller: Pick<Context, "actor" | "workspaceId"> | null;
}
const gathering = new AsyncLocalStorage<Gathered>();

/** Notes an operation that was carried out for the request that is being answered. */
export const noteOperation = (operation: string): void =>
  void gathering.getStore()?.operations.push(operation);

/** Notes who the request that is being answered comes from. */
export function noteCaller(caller: Pick<Context, "actor" | "workspaceId">): void {
  const gathered = gathering.getStore();
  if (gathered !== undefined) gathered.caller = caller;
}

/** Answers a request of MCP or a drop-in: one line of the log and one span of a trace, whatever it came to. */
export async function inOneLine(
  surface: string,
  request: Request,
  answer: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const started = performance.now();
  const gathered: Gathered = { requestId: newPlainId(), operations: [], caller: null };
  const operation = () => [surface, ...new Set(gathered.operations)].join(" ");
  const who = () => ({
    actor: gathered.caller?.actor ?? null,
    workspaceId: gathered.caller?.workspaceId ?? null,
  });
  const outcome = ({ status }: Response) => ({ status, ...who() });
  const response = await traced({ surface: "drop-in", operation: surface, request, outcome }, () =>
    gathering.run(gathered, () => answer(gathered.requestId)),
  );
  const milliseconds = Math.round(performance.now() - started);
  logRequest({
    requestId: gathered.requestId,
    operation: operation(),
    status: response.status,
    milliseconds,
    ...who(),
  });
  return response;
}

const LOWEST_REFUSAL = 400;
const LOWEST_FAULT = 500;

/**
 * Keeps the request for a while in this process, for the page that looks over a client's shoulder. And one line of JSON: of
 * what was refused or failed, and of every request where a server is for others than this machine.
 */
export function logRequest(line: RequestLine): void {
  const { workspaceId, ...request } = line;
  if (workspaceId !== null) keepRequest(brand<WorkspaceId>(workspaceId), { ...request, at: Date.now() });
  if (!env.isProduction) return;
  if (line.status < LOWEST_REFUSAL && env.isLocalOnly) return;
  const level = line.status >= LOWEST_FAULT ? "error" : line.status >= LOWEST_REFUSAL ? "warn" : "info";
  const text = JSON.stringify({ level, at: new Date().toISOString(), ...line });
  if (level === "info") console.log(text);
  else console.warn(text);
}
