import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, type Call } from "@/lib/client/api";
import { isApiError, isPassing, type ApiError } from "@/lib/client/api-error";
import { PROBLEMS } from "@/lib/contracts/problem";

/** What would break unseen: a refusal told as a crash, a write without its key, an answer taken for an error. */

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let call: Call;
let seen: Seen;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  call = createApi({ origin: `http://127.0.0.1:${port}`, headers: { authorization: "Bearer k" } });
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

function answers(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  answer = (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const thrown: unknown = await promise.then(
    () => new Error("it succeeded"),
    (error: unknown) => error,
  );
  if (!isApiError(thrown)) throw thrown;
  return thrown;
}

describe("a call", () => {
  it("goes to the method and path of its row, with the credential", async () => {
    answers(200, { memory: { id: "m1" } });
    const got = await call("memories.get", { params: { id: "m1" }, query: { asOf: "12" } });
    expect(got.memory.id).toBe("m1");
    expect(seen).toMatchObject({ method: "GET", url: "/api/v1/memories/m1?asOf=12" });
    expect(seen.headers.authorization).toBe("Bearer k");
    expect(seen.headers["idempotency-key"]).toBeUndefined();
  });
  it("gives every write a key of its own, or the one it is told", async () => {
    answers(201, {});
    const drawn = new Set<unknown>();
    for (let round = 0; round < 3; round += 1) {
      await call("memories.create", { body: { content: "x" } });
      drawn.add(seen.headers["idempotency-key"]);
    }
    expect(drawn.size).toBe(3);
    await call("memories.create", { body: { content: "x" } }, { idempotencyKey: "mine" });
    expect(seen.headers["idempotency-key"]).toBe("mine");
    expect(seen.body).toBe('{"content":"x"}');
  });
});

describe("a refusal", () => {
  it("carries code, fields, request id and what else the problem says", async () => {
    answers(409, {
      type: "about:blank",
      title: "The target has moved",
      status: 409,
      detail: "Change 12 moved it.",
      code: "conflict",
      errors: [{ path: "expectedSeq", message: "is 11, the target is at 12" }],
      requestId: "req_1",
      movedBy: "c12",
    });
    const failure = await failureOf(
      call("memories.update", { params: { id: "m1" }, body: { pinned: true } }),
    );
    expect(failure).toMatchObject({
      code: "conflict",
      status: 409,
      message: "Change 12 moved it.",
      requestId: "req_1",
    });
    expect(failure.errors).toEqual([{ path: "expectedSeq", message: "is 11, the target is at 12" }]);
    expect(failure.fields.extra).toEqual({ movedBy: "c12" });
    expect(isPassing(failure)).toBe(false);
  });
  it.each(Object.entries(PROBLEMS))("with code %s keeps its code", async (code, { status, title }) => {
    answers(status, { type: "about:blank", title, status, detail: "d", code, errors: [], requestId: "r" });
    expect((await failureOf(call("parameters.list", {}))).code).toBe(code);
  });
  it("without a problem document is told by its status, with the header's request id", async () => {
    answers(502, "<html>bad gateway</html>", { "x-request-id": "edge-9" });
    const failure = await failureOf(call("parameters.list", {}));
    expect(failure).toMatchObject({ code: "unavailable", status: 502, requestId: "edge-9" });
    expect(isPassing(failure)).toBe(true);
  });
});

describe("no answer", () => {
  it("is a failure of the network, worth another try", async () => {
    const nowhere = createApi({ origin: "http://127.0.0.1:1" });
    const failure = await failureOf(nowhere("parameters.list", {}));
    expect(failure).toMatchObject({ code: "network", status: 0, requestId: null });
    expect(isPassing(failure)).toBe(true);
  });
  it("after an abort is the abort, not a failure", async () => {
    answer = () => undefined;
    const control = new AbortController();
    const pending = call("parameters.list", {}, { signal: control.signal });
    setTimeout(() => control.abort(), 30);
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
  });
});
