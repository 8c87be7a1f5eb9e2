import { env } from "@/lib/env";
import { Refusal } from "@/lib/domain/errors";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuses names that are not ours, so that a page elsewhere cannot reach a local server by pointing its own name at this
 * machine (DNS rebinding). A server bound to other than loopback was opened on purpose and may have any name.
 */
export function requireKnownHost(request: Request): void {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const name = host.replace(/:\d+$/u, "").toLowerCase();
  const bound = env.host.includes(":") ? `[${env.host}]` : env.host;
  if (LOOPBACK.has(name) || name === bound || !LOOPBACK.has(bound)) return;
  throw new Refusal("misdirected", `This server answers to ${[...LOOPBACK].join(", ")}, not to ${JSON.stringify(name)}.`);
}
