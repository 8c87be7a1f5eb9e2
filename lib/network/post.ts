import { lookup as systemLookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isAllowed, type Reach } from "./address-rules";

/** A name or an address that our programs do not connect to. */
export class RefusedAddress extends Error {
  constructor(host: string) {
    super(`${host} is not an address that this server may connect to`);
    this.name = "RefusedAddress";
  }
}

/** How names become addresses; tests bring their own. */
export type Resolve = LookupFunction;

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly reach: Reach;
  /** The rest of a longer answer is not read. */
  readonly mostBytes: number;
  readonly resolve?: Resolve;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Sends a body and follows no redirect. The addresses that a name stands for are judged by the very look-up whose result is
 * connected to, so a name that points elsewhere a moment later gains nothing (DNS rebinding).
 */
export async function post({ reach, resolve = systemLookup, ...call }: Post): Promise<Answer> {
  const url = new URL(call.url);
  const address = hostOf(url);
  if (isIP(address) !== 0 && !isAllowed(address, reach)) throw new RefusedAddress(address);
  const isSafe = url.protocol === "https:";
  const options: https.RequestOptions = {
    method: "POST",
    headers: { ...call.headers, "content-length": Buffer.byteLength(call.body) },
    agent: (isSafe ? agents().https : agents().http)[reach],
    lookup: guarded(resolve, reach),
    signal: AbortSignal.timeout(call.timeoutMs),
  };
  return new Promise((done, fail) => {
    const request = (isSafe ? https : http).request(url, options, (response) => {
      readUpTo(response, call.mostBytes).then(
        (body) => done({ status: response.statusCode ?? 0, headers: response.headers, body }),
        fail,
      );
    });
    request.once("error", fail);
    request.end(call.body);
  });
}

/** The whole answer did not come in time. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "TimeoutError" || (error.cause instanceof Error && error.cause.name === "TimeoutError"));

/** Judges a URL before anything is sent to it. A name that cannot be looked up now is judged when it can. */
export async function requireAllowed(url: URL, reach: Reach, resolve: Resolve = systemLookup): Promise<void> {
  const host = hostOf(url);
  if (isIP(host) !== 0) {
    if (!isAllowed(host, reach)) throw new RefusedAddress(host);
    return;
  }
  const error = await new Promise<unknown>((done) => guarded(resolve, reach)(host, { all: true }, done));
  if (error instanceof RefusedAddress) throw error;
}

export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/u, "$1");

const guarded =
  (resolve: Resolve, reach: Reach): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, "");
      const addresses = Array.isArray(found) ? found : [];
      const [first] = addresses;
      // One bad address among good ones is reason enough: which of them is connected to is not ours to choose.
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address, reach)))
        return callback(new RefusedAddress(hostname), "");
      if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });

async function readUpTo(response: http.IncomingMessage, mostBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  // A message without an encoding is read as bytes.
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part.subarray(0, mostBytes - size));
    size += part.length;
    if (size >= mostBytes) break;
  }
  return Buffer.concat(parts).toString("utf8");
}

type Agents<A> = Readonly<Record<Reach, A>>;
interface Held {
  readonly http: Agents<http.Agent>;
  readonly https: Agents<https.Agent>;
}
// Next may load this module once per route.
const held = globalThis as { palimpsestAgents?: Held };

/** Connections are kept open per reach: one that was opened for a model at home must not carry a webhook. */
function agents(): Held {
  const each = <A>(make: () => A): Agents<A> => ({
    public: make(),
    "public or loopback": make(),
    "all but metadata": make(),
  });
  held.palimpsestAgents ??= {
    http: each(() => new http.Agent({ keepAlive: true })),
    https: each(() => new https.Agent({ keepAlive: true })),
  };
  return held.palimpsestAgents;
}
