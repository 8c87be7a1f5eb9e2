import { addresses, type Address } from "@/lib/contracts/addresses";
import type { operations } from "@/lib/contracts/operations";
import { errorFromResponse, errorFromThrow } from "./api-error";
import { wireRequest, type CallParts } from "./request";
import { atShownState } from "./state-at";

type Table = typeof operations;
type InputOf<Schema> = Schema extends { readonly _input: infer Input } ? Input : never;
type OutputOf<Schema> = Schema extends { readonly _output: infer Output } ? Output : never;
type Part<Id extends keyof Table, Name extends string> =
  Table[Id] extends Readonly<Record<Name, infer Schema>> ? InputOf<Schema> : never;
/** A part that has no required field may be left out as a whole. */
type Slot<Name extends string, Input> = [Input] extends [never]
  ? unknown
  : Partial<Input> extends Input
    ? { readonly [Key in Name]?: Input }
    : { readonly [Key in Name]: Input };

/** The operations that are on the client's surface. */
export type ClientOperationId = {
  [Id in keyof Table]: "client" extends Table[Id]["surfaces"][number] ? Id : never;
}[keyof Table];

/** What a call needs: `params` for its path, `query`, `body`, or a `stream`, as its row of the table says. */
export type CallInput<Id extends ClientOperationId> = Slot<"params", Part<Id, "params">> &
  Slot<"query", Part<Id, "query">> &
  Slot<"body", Part<Id, "body">> &
  (Table[Id] extends { readonly stream: "request" } ? { readonly stream: BodyInit } : unknown);

export type CallOutput<Id extends ClientOperationId> = OutputOf<Table[Id]["output"]>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The same key twice is one change: give it when a call may be repeated. */
  readonly idempotencyKey?: string;
}

export type Call = <Id extends ClientOperationId>(
  id: Id,
  input: CallInput<Id>,
  options?: CallOptions,
) => Promise<CallOutput<Id>>;

export interface ApiSettings {
  /** Empty in the browser: the page's own. */
  readonly origin: string;
  /** Further headers, such as a bearer key outside the browser. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A typed call per operation of the table. It throws ApiError and nothing else, except when it is aborted. */
export function createApi({ origin, headers = {} }: ApiSettings): Call {
  return async (id, input, options = {}) => {
    const address = addresses[id];
    // The slots of a row are parts by construction; the compiler cannot see that while the row is still open.
    const wire = wireRequest(address, input as CallParts);
    const response = await send(`${origin}${wire.url}`, {
      method: wire.method,
      body: wire.body,
      headers: { ...wire.headers, ...headers, ...idempotency(address, options) },
      credentials: "same-origin",
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (!response.ok) throw await errorFromResponse(response);
    return response.json();
  };
}

const here = createApi({ origin: "" });

/** The call of the pages, on the page's own origin and at the state that they show. */
export const call: Call = (id, input, options) =>
  // Parts of the same operation with one more optional field of its own input.
  here(id, atShownState(id, input as CallParts) as typeof input, options);

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw errorFromThrow(thrown);
  }
}

/** Every write gets a key of its own, so that a proxy that repeats it cannot write twice. */
function idempotency(address: Address, options: CallOptions): Record<string, string> {
  if (address.method === "GET") return {};
  return { "idempotency-key": options.idempotencyKey ?? randomKey() };
}

/** `crypto.randomUUID` exists on secure pages only, and the product may be served over plain http in a home network. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
