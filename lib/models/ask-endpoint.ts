import type { ModelEndpoint } from "@/lib/env";

/** How calls to an endpoint behave; tests shorten the waits. */
export interface CallOptions {
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly firstRetryDelayMs: number;
}

/** What is wrong with an answer; `retryAfterMs` is null when trying again cannot help. */
export interface Refusal {
  readonly problem: string;
  readonly retryAfterMs: number | null;
}

export interface Call<T> {
  /** Below the endpoint's base address, such as "/embeddings". */
  readonly path: string;
  readonly payload: unknown;
  /** Names the endpoint in errors, such as "embedding". */
  readonly purpose: string;
  /** Makes sense of the body of a good answer, or says why it cannot. */
  readonly read: (body: string) => { readonly value: T } | Refusal;
}

/** How much of an answer an error quotes. */
export const QUOTED_CHARACTERS = 300;

/** Asks until there is an answer that can be read, with growing waits between the tries. */
export async function askEndpoint<T>(
  endpoint: ModelEndpoint,
  options: CallOptions,
  call: Call<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await post(endpoint, options.timeoutMs, call);
    if ("value" in answer) return answer.value;
    if (answer.retryAfterMs === null || attempt >= options.attempts) {
      throw new Error(
        `The ${call.purpose} endpoint ${endpoint.url} failed after ${attempt} tries: ${answer.problem}`,
      );
    }
    const backoffMs = options.firstRetryDelayMs * 2 ** (attempt - 1);
    const waitMs = Math.max(backoffMs, answer.retryAfterMs);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function post<T>(
  endpoint: ModelEndpoint,
  timeoutMs: number,
  { path, payload, read }: Call<T>,
): Promise<{ readonly value: T } | Refusal> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${endpoint.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(endpoint.key === null ? {} : { authorization: `Bearer ${endpoint.key}` }),
      },
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.text();
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { problem: timedOut ? `no answer within ${timeoutMs} ms` : String(error), retryAfterMs: 0 };
  }
  return response.ok ? read(body) : refusal(response, body);
}

/** A full server and a busy one are worth another try; a wrong key or model is not. */
function refusal(response: Response, body: string): Refusal {
  const problem = `status ${response.status}: ${body.slice(0, QUOTED_CHARACTERS)}`;
  const passing = response.status === 408 || response.status === 429 || response.status >= 500;
  const retryAfterSeconds = Number(response.headers.get("retry-after") ?? 0);
  return {
    problem,
    retryAfterMs: passing ? (Number.isFinite(retryAfterSeconds) ? retryAfterSeconds * 1000 : 0) : null,
  };
}
