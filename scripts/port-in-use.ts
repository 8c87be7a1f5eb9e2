import { createServer } from "node:net";
import { createInterface } from "node:readline/promises";

/** What listens on a port: nothing, another Palimpsest (with its version), or some other program. */
type Holder =
  | { readonly kind: "nobody" }
  | { readonly kind: "palimpsest"; readonly version: string }
  | { readonly kind: "other" };

const HIGHEST_PORT = 65_535;
const PROBE_MS = 2_000;

/** The port to use: the wanted one, another that the person agrees to, or null when there is nothing to be done. */
export async function choosePort(host: string, wanted: number): Promise<number | null> {
  const holder = await holderOf(host, wanted);
  if (holder.kind === "nobody") return wanted;
  const free = await nextFreePort(host, wanted + 1);
  console.error(`\n${explain(holder, addressOf(host, wanted), wanted)}`);
  if (free === null) return null;
  if (process.stdin.isTTY && process.stdout.isTTY) return (await agrees(free)) ? free : null;
  console.error(`To start another one on the next free port: PORT=${free} npm start`);
  return null;
}

/** The address a browser on this computer reaches the server at; one bound to every interface is reached by loopback. */
export function addressOf(host: string, port: number): string {
  const name =
    host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function explain(holder: Holder, address: string, port: number): string {
  if (holder.kind !== "palimpsest") return `Port ${port} is used by another program.`;
  return `Palimpsest ${holder.version} is already running at ${address}. A new sign-in link for it: npm run login`;
}

async function holderOf(host: string, port: number): Promise<Holder> {
  if (await isFree(host, port)) return { kind: "nobody" };
  try {
    const response = await fetch(`${addressOf(host, port)}/api/health`, {
      signal: AbortSignal.timeout(PROBE_MS),
    });
    const version = response.headers.get("x-palimpsest");
    return version === null ? { kind: "other" } : { kind: "palimpsest", version };
  } catch {
    return { kind: "other" };
  }
}

async function nextFreePort(host: string, from: number): Promise<number | null> {
  for (let port = from; port <= HIGHEST_PORT; port++) if (await isFree(host, port)) return port;
  return null;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else
        reject(
          new Error(
            `Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`,
          ),
        );
    });
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function agrees(port: number): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Start another one on port ${port}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
