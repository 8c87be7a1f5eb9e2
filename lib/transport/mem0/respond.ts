import { admit } from "../admit";
import { nowMillis } from "../actor";
import { problemOf, retryAfter } from "../problem";
import { inOneLine, noteCaller } from "../request-log";
import { readBody } from "../input";
import { Refusal } from "@/lib/domain/errors";
import { routeFor } from "./routes";
import type { Problem } from "@/lib/contracts/problem";

const BASE = "/api/compat/mem0";

/** The drop-in for clients of mem0: host, credential (`Token` or `Bearer`), then what the path stands for. */
export const mem0Response = (request: Request): Promise<Response> =>
  inOneLine("mem0", request, (requestId) => respond(request, requestId));

async function respond(request: Request, requestId: string): Promise<Response> {
  try {
    const caller = await admit(request);
    noteCaller(caller);
    const url = new URL(request.url);
    const path = pathOf(url);
    const found = routeFor(request.method, path);
    if (found === null) throw new Refusal("not_found", `There is no ${request.method} ${path} here.`);
    const { status = 200, body } = await found.run({
      ctx: { ...caller, now: nowMillis, idempotency: null, channel: "mem0" },
      params: found.params,
      query: Object.fromEntries(url.searchParams),
      body: jsonOf(await readBody(request)),
      base: `${url.protocol}//${request.headers.get("host") ?? url.host}${BASE}`,
      path,
    });
    return send(status, body, { "x-request-id": requestId });
  } catch (error) {
    const problem = problemOf(error, requestId);
    return send(STATUS[problem.code] ?? problem.status, toMem0Error(problem), {
      "x-request-id": requestId,
      ...retryAfter(problem),
    });
  }
}

/** Below the drop-in, with the slash at its end that its clients send and a proxy may take away. */
const pathOf = ({ pathname }: URL): string => `${pathname.slice(BASE.length)}/`.replace(/\/+$/u, "/");

function jsonOf(text: string | null): unknown {
  if (text === null || text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid_input", "JSON parse error: the body is not a well-formed JSON object.");
  }
}

/** Its clients know no 410: what was erased is not there. */
const STATUS: Partial<Record<Problem["code"], number>> = { erased: 404 };

const GONE: ReadonlySet<Problem["code"]> = new Set<Problem["code"]>(["not_found", "erased"]);

/** Django's `detail` for who may not come in, mem0's `error` for everything else; both, so that every client finds its own. */
function toMem0Error({ code, detail, errors, requestId }: Problem): object {
  const message = GONE.has(code) && /\bmemory\b/iu.test(detail) ? `Memory not found! ${detail}` : detail;
  return { error: message, detail: message, code, details: { message, errors, request_id: requestId } };
}

const send = (status: number, body: unknown, headers: Record<string, string>): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    },
  });
