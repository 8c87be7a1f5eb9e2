import { admit, requireScope } from "./admit";
import { countStatus } from "./meter";
import { logRequest } from "./request-log";
import { newPlainId, type Context } from "@/lib/commands/context";
import { nowMillis } from "./actor";
import { once, takesKey, type Outcome } from "./once";
import { operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { parseInput, readBody, type RawInput } from "./input";
import { isJson, perform, type JsonId } from "./perform";
import { performStream } from "./stream";
import { problemResponse } from "./problem";
import { Refusal } from "@/lib/domain/errors";
import { sha256 } from "@/lib/store/digest";
import { traced } from "./traced";

/** What Next gives a route: path parameters, still to be awaited; none for a path without any. */
export interface RouteContext {
  readonly params: Promise<Record<string, string | string[] | undefined> | undefined>;
}

/**
 * The way of every request: host, credential (401), its rate (429), scope (403), shape (400), then the operation (404, 409, 422), then its
 * answer checked against the contract. A route names the operation and nothing else.
 */
export const handle =
  (id: OperationId) =>
  async (request: Request, route: RouteContext): Promise<Response> => {
    const requestId = newPlainId();
    const started = performance.now();
    const who: { ctx: Context | null } = { ctx: null };
    const outcomeOf = ({ status }: Response) => ({
      status,
      workspaceId: who.ctx?.workspaceId ?? null,
      actor: who.ctx?.actor ?? null,
    });
    const response = await traced({ surface: "rest", operation: id, request, outcome: outcomeOf }, () =>
      answerOf({ id, request, route }, who).catch((error: unknown) => problemResponse(error, requestId)),
    );
    const { status } = response;
    response.headers.set("x-request-id", requestId);
    countStatus("rest", id, status);
    logRequest({
      requestId,
      operation: id,
      status,
      milliseconds: Math.round(performance.now() - started),
      actor: who.ctx?.actor ?? null,
      workspaceId: who.ctx?.workspaceId ?? null,
    });
    return response;
  };

interface Asked {
  readonly id: OperationId;
  readonly request: Request;
  readonly route: RouteContext;
}

/** `who` is told as soon as it is known, for the log of a request that is refused later. */
async function answerOf({ id, request, route }: Asked, who: { ctx: Context | null }): Promise<Response> {
  const ctx = (who.ctx = await contextOf(request, id));
  if (id === "events" || id === "import.create" || id === "export.get")
    return performStream({ id, ctx, key: idempotencyKey(request) }, request);
  if (!isJson(id)) throw new Error(`${id} has a route of its own`);
  return answerOnce({ id, ctx, raw: await rawInput(request, route) }, idempotencyKey(request));
}

async function contextOf(request: Request, id: OperationId): Promise<Context> {
  const caller = await admit(request);
  await requireScope(caller, id);
  return {
    ...caller,
    now: nowMillis,
    idempotency: null,
    channel: caller.actor.startsWith("person:") ? "dashboard" : "rest",
  };
}

async function rawInput(request: Request, route: RouteContext): Promise<RawInput> {
  const params = Object.fromEntries(
    Object.entries((await route.params) ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return {
    params,
    query,
    bodyText: request.method === "GET" || request.method === "DELETE" ? null : await readBody(request),
  };
}

interface Call {
  readonly id: JsonId;
  readonly ctx: Context;
  readonly raw: RawInput;
}

/** Carries the operation out; a command with a key that was used before is answered as it was then. */
async function answerOnce({ id, ctx, raw }: Call, key: string | null): Promise<Response> {
  if (key === null || !takesKey(id)) return send(await outcome(id, ctx, raw));
  const bodyHash = sha256(JSON.stringify([id, raw.params, raw.query, raw.bodyText]));
  return send(
    await once(ctx, { id, key, bodyHash: () => bodyHash }, (claiming) => outcome(id, claiming, raw)),
  );
}

async function outcome(id: JsonId, ctx: Context, raw: RawInput): Promise<Outcome> {
  const operation: Operation = operations[id];
  const input = parseInput(id, raw);
  const body = await perform(id, ctx, input);
  const checked = operation.output.safeParse(body);
  if (!checked.success) throw new Error(`${id} answered against its contract: ${checked.error.message}`);
  return { status: isSecondTime(body) ? 200 : (operation.status ?? 200), body: checked.data };
}

/** Nothing new came to be: a duplicate, or a preview. */
const isSecondTime = (body: unknown): boolean =>
  typeof body === "object" &&
  body !== null &&
  (("duplicate" in body && body.duplicate === true) || ("dryRun" in body && body.dryRun === true));

const LONGEST_KEY = 200;

function idempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null || request.method === "GET") return null;
  if (key.length === 0 || key.length > LONGEST_KEY)
    throw new Refusal("invalid_input", `Idempotency-Key takes 1 to ${LONGEST_KEY} characters.`, {
      fields: [{ path: "Idempotency-Key", message: "shorten it, for example to a UUID" }],
    });
  return key;
}

/** Says so when it is the answer of an earlier attempt. */
function send({ status, body, replayed = false }: Outcome): Response {
  const headers = replayed ? { "idempotency-replayed": "true" } : {};
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}
