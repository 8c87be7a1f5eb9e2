import { addresses } from "@/lib/contracts/addresses";
import { createApi, type CallInput, type CallOptions, type CallOutput, type ClientOperationId } from "./api";
import type { CallParts } from "./request";

export interface ClientSettings {
  /** Where Palimpsest answers, without a path: `http://127.0.0.1:4747`. */
  readonly baseUrl: string;
  /** A key of Settings → Keys. */
  readonly apiKey: string;
}

type Values<T> = T[keyof T];
type Join<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (all: infer All) => void
  ? All
  : never;
type PartsOf<Id extends ClientOperationId> = Join<Values<Required<Omit<CallInput<Id>, "stream">>>>;

/** All of an operation's input as one object: which part of the request a field belongs to is the table's business. */
export type ClientInput<Id extends ClientOperationId> = ([unknown] extends [PartsOf<Id>]
  ? object
  : PartsOf<Id>) &
  Pick<CallInput<Id>, Extract<"stream", keyof CallInput<Id>>>;

export type ClientMethod<Id extends ClientOperationId> =
  Partial<ClientInput<Id>> extends ClientInput<Id>
    ? (input?: ClientInput<Id>, options?: CallOptions) => Promise<CallOutput<Id>>
    : (input: ClientInput<Id>, options?: CallOptions) => Promise<CallOutput<Id>>;

type Group = ClientOperationId extends infer Id
  ? Id extends `${infer Name}.${string}`
    ? Name
    : never
  : never;
type Single = Exclude<ClientOperationId, `${string}.${string}`>;

/** A method for each operation of the table: `client.recall(…)`, `client.memories.create(…)`. */
export type Client = { readonly [Id in Single]: ClientMethod<Id> } & {
  readonly [Name in Group]: {
    readonly [
      Id in Extract<ClientOperationId, `${Name}.${string}`> as Id extends `${Name}.${infer Verb}`
        ? Verb
        : never
    ]: ClientMethod<Id>;
  };
};

/** The client for programs outside the browser. It throws ApiError and nothing else, except when it is aborted. */
export function createClient({ baseUrl, apiKey }: ClientSettings): Client {
  const call = createApi({
    origin: baseUrl.replace(/\/+$/u, ""),
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const client: Record<string, unknown> = {};
  for (const id of Object.keys(addresses)) {
    const method = (input: Readonly<Record<string, unknown>> = {}, options: CallOptions = {}) =>
      // Built from the row of this very id; the types above say which rows there are.
      call(id as "memories.get", partsOf(id as "memories.get", input) as CallInput<"memories.get">, options);
    const [group = id, verb] = id.split(".");
    client[group] = verb === undefined ? method : { ...Object(client[group]), [verb]: method };
  }
  // One method was made for each row.
  return client as Client;
}

/** Fields named in the path go there; of the others, what reads takes them as its query and what writes as its body. */
function partsOf(
  id: keyof typeof addresses,
  { stream, ...input }: Readonly<Record<string, unknown>>,
): CallParts {
  const { path, method } = addresses[id];
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/gu)].map((found) => found[1]));
  const params = Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => (inPath.has(name) ? [[name, String(value)]] : [])),
  );
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.has(name)));
  // Only what the caller gave as a stream is one.
  if (stream !== undefined) return { params, query: rest, stream: stream as BodyInit };
  return method === "GET" || method === "DELETE" ? { params, query: rest } : { params, body: rest };
}
