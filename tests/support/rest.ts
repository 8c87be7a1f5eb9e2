/** Calls the real route handlers with real requests, as a client with one key does; nothing in between is made up. */
import { expect } from "vitest";

import { operations, type OperationId } from "@/lib/contracts/operations";
import { problem, PROBLEMS, type Problem } from "@/lib/contracts/problem";
import type { RefusalCode } from "@/lib/domain/errors";
import { routeFor } from "./routes";

export type AnswerOf<Id extends OperationId> = ReturnType<(typeof operations)[Id]["output"]["parse"]>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body of a success, after proving that it is exactly what the operation promises. */
  readonly as: <Id extends OperationId>(id: Id) => AnswerOf<Id>;
  /** The problem document of a refusal with this code, after proving its form, its status and its media type. */
  readonly problem: (code: RefusalCode) => Problem;
}

type Headers_ = Readonly<Record<string, string>>;
type Body = object | string | Uint8Array<ArrayBuffer>;

export interface Rest {
  readonly get: (path: string, headers?: Headers_) => Promise<Answer>;
  readonly post: (path: string, body: Body, headers?: Headers_) => Promise<Answer>;
  readonly patch: (path: string, body: Body, headers?: Headers_) => Promise<Answer>;
  readonly delete: (path: string, headers?: Headers_) => Promise<Answer>;
  readonly call: (
    method: string,
    path: string,
    more?: { body?: Body; headers?: Headers_ },
  ) => Promise<Answer>;
}

export const HOST = "127.0.0.1:3000";

/** `secret: null` sends no credential. */
export function rest(secret: string | null): Rest {
  const call: Rest["call"] = async (method, path, { body, headers = {} } = {}) => {
    const url = new URL(`http://${HOST}/api/v1${path}`);
    const request = new Request(url, {
      method,
      headers: {
        host: HOST,
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: wire(body) }),
    });
    const { route, params } = await routeFor(url.pathname.slice("/api/v1".length));
    const handler = route.handlers.get(method);
    if (handler === undefined) throw new Error(`${route.path} has no ${method}`);
    return toAnswer(await handler(request, { params: Promise.resolve(params) }));
  };
  return {
    call,
    get: (path, headers = {}) => call("GET", path, { headers }),
    post: (path, body, headers = {}) => call("POST", path, { body, headers }),
    patch: (path, body, headers = {}) => call("PATCH", path, { body, headers }),
    delete: (path, headers = {}) => call("DELETE", path, { headers }),
  };
}

const wire = (body: Body) =>
  typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);

export async function toAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  return {
    status,
    headers,
    text,
    as: (id) => {
      expect(status, text).toBeLessThan(300);
      const body: unknown = JSON.parse(text);
      const parsed = operations[id].output.parse(body);
      expect(parsed).toEqual(body);
      return parsed as AnswerOf<typeof id>; // parsed by this very operation's schema
    },
    problem: (code) => {
      const found = problem.parse(JSON.parse(text));
      expect(found).toMatchObject({ code, status });
      expect(status).toBe(PROBLEMS[code].status);
      expect(headers.get("content-type")).toBe("application/problem+json");
      return found;
    },
  };
}
