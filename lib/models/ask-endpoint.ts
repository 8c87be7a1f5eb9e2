import type { ModelEndpoint } from "@/lib/env";
import { isTimeout, post as send, RefusedAddress, type Answer } from "@/lib/network/post";

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

/** More than the vectors of any batch take. */
const MOST_BYTES = 256 * 1024 * 1024;

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
  let answer: Answer;
  try {
    answer = await send({
      url: `${endpoint.url}${path}`,
      headers: {
        "content-type": "application/json",
        ...(endpoint.key === null ? {} : { authorization: `Bearer ${endpoint.key}` }),
      },
      body: JSON.stringify(payload),
      timeoutMs,
      // The owner wrote this address into the environment, so it may be at home; nobody's models are where clouds keep keys.
      reach: "all but metadata",
      mostBytes: MOST_BYTES,
    });
  } catch (error) {
    if (error instanceof RefusedAddress) return { problem: error.message, retryAfterMs: null };
    return {
      problem: isTimeout(error) ? `no answer within ${timeoutMs} ms` : String(error),
      retryAfterMs: 0,
    };
  }
  return answer.status >= 200 && answer.status < 300 ? read(answer.body) : refusal(answer);
}

/** A full server and a busy one are worth another try; a wrong key or model is not. */
function refusal({ status, headers, body }: Answer): Refusal {
  const problem = `status ${status}: ${body.slice(0, QUOTED_CHARACTERS)}`;
  const passing = status === 408 || status === 429 || status >= 500;
  const retryAfterSeconds = Number(headers["retry-after"] ?? 0);
  return {
    problem,
    retryAfterMs: passing ? (Number.isFinite(retryAfterSeconds) ? retryAfterSeconds * 1000 : 0) : null,
  };
}
