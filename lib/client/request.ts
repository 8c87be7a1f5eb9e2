import type { Address } from "@/lib/contracts/addresses";

/** The wire form of a call: pure, so that paths and query strings can be tested without a server. */
export interface WireRequest {
  readonly method: string;
  /** Path and query below the origin. */
  readonly url: string;
  readonly body: BodyInit | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CallParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** For operations that read a stream. */
  readonly stream?: BodyInit;
}

const BASE = "/api/v1";

export function wireRequest(address: Address, parts: CallParts): WireRequest {
  const url = `${BASE}${fillPath(address.path, parts.params ?? {})}${queryString(parts.query ?? {})}`;
  const accept = { accept: "application/json" };
  if (parts.stream !== undefined) return { method: address.method, url, body: parts.stream, headers: accept };
  if (parts.body === undefined) return { method: address.method, url, body: null, headers: accept };
  const headers = { ...accept, "content-type": "application/json" };
  return { method: address.method, url, body: JSON.stringify(parts.body), headers };
}

/** Every `{name}` is filled and encoded; one that is missing is a mistake of the caller. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const given = params[name];
    if (given === undefined || given === "") throw new Error(`The path ${path} needs "${name}".`);
    return encodeURIComponent(given);
  });
}

/** What is undefined is left out; lists repeat as one value separated by commas. */
export function queryString(query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, given] of Object.entries(query)) {
    if (given !== undefined) search.set(name, Array.isArray(given) ? given.join(",") : String(given));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
